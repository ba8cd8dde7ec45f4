//! A page as a person reads it: links, buttons and fields by the words that stand there.

use crate::browser::Browser;

/// A page of the stand-ins.
pub(crate) struct Screen {
    path: String,
    pieces: Vec<Piece>,
}

/// A tag, or the text between two.
#[derive(Debug)]
enum Piece {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

/// A form with what stands in it.
struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Browser<'_> {
    /// Opens a page that must be there.
    pub(crate) async fn visit(&self, path: &str) -> Screen {
        let reply = self.open(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        Screen::new(path, &reply.text)
    }

    /// Clicks on the one link of this text.
    pub(crate) async fn click(&self, screen: &Screen, text: &str) -> Screen {
        self.visit(&screen.link(text)).await
    }

    /// Fills in fields by their labels, presses the one button of this text, and goes where that
    /// leads. For a box or a choice the value is left empty: it is ticked.
    pub(crate) async fn press(
        &self,
        screen: &Screen,
        button: &str,
        filled: &[(&str, &str)],
    ) -> Screen {
        let form = screen.form(button, filled);
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let reply = self.send(&form.action, &fields).await;
        match reply.headers.get(reqwest::header::LOCATION) {
            Some(target) => self.visit(target.to_str().unwrap()).await,
            None => {
                assert_eq!(reply.status, 200, "{button}: {}", reply.text);
                Screen::new(&form.action, &reply.text)
            }
        }
    }
}

impl Screen {
    fn new(path: &str, html: &str) -> Self {
        Self {
            path: path.to_owned(),
            pieces: pieces(html),
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether the words stand on it as one text.
    pub(crate) fn says(&self, words: &str) -> bool {
        let mut texts = self.pieces.iter();
        texts.any(|piece| matches!(piece, Piece::Text(text) if text.contains(words)))
    }

    fn link(&self, text: &str) -> String {
        let links = (0..self.pieces.len()).filter_map(|at| match &self.pieces[at] {
            Piece::Open(tag, attributes) if tag == "a" && self.text_at(at) == text => {
                attribute(attributes, "href")
            }
            _ => None,
        });
        let links: Vec<&str> = links.collect();
        let [one] = links.as_slice() else {
            panic!("{}: {} links «{text}»", self.path, links.len());
        };
        (*one).to_owned()
    }

    /// The form of the button, filled in.
    fn form(&self, button: &str, filled: &[(&str, &str)]) -> Form {
        let mut found = Vec::new();
        let mut begin = None;
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Open(tag, _) if tag == "form" => begin = Some(at),
                Piece::Close(tag) if tag == "form" => begin = None,
                Piece::Open(tag, attributes) if tag == "button" => {
                    let is_seen = attribute(attributes, "aria-hidden").is_none();
                    if is_seen && self.name_at(at) == button {
                        found.push((begin.expect("a button in a form"), attributes));
                    }
                }
                _ => {}
            }
        }
        let [(begin, pressed)] = found.as_slice() else {
            panic!("{}: {} buttons «{button}»", self.path, found.len());
        };
        let mut form = self.filled(*begin, filled);
        let own = |name: &str| attribute(pressed, name).unwrap_or_default().to_owned();
        form.fields.push((own("name"), own("value")));
        form
    }

    fn filled(&self, begin: usize, filled: &[(&str, &str)]) -> Form {
        let Piece::Open(_, form) = &self.pieces[begin] else {
            unreachable!("a form begins with its tag");
        };
        let wanted: Vec<(String, &str)> = filled
            .iter()
            .map(|(label, value)| (self.field_of(label), *value))
            .collect();
        let mut left = wanted.len();
        let mut fields = Vec::new();
        let inside = self.pieces.iter().enumerate().skip(begin);
        for (at, piece) in inside {
            match piece {
                Piece::Close(tag) if tag == "form" => break,
                Piece::Open(tag, attributes) if tag == "input" || tag == "textarea" => {
                    let own = |name: &str| attribute(attributes, name).unwrap_or_default();
                    let id = own("id");
                    let new = wanted
                        .iter()
                        .find(|(field, _)| field == id && !id.is_empty());
                    left -= usize::from(new.is_some());
                    let is_ticked = new.is_some() || attribute(attributes, "checked").is_some();
                    let value = match (own("type"), new) {
                        ("checkbox" | "radio", _) if !is_ticked => continue,
                        ("checkbox" | "radio", _) => own("value").to_owned(),
                        (_, Some((_, new))) => (*new).to_owned(),
                        ("", None) => self.text_at(at),
                        (_, None) => own("value").to_owned(),
                    };
                    fields.push((own("name").to_owned(), value));
                }
                _ => {}
            }
        }
        assert_eq!(left, 0, "{}: a field of another form", self.path);
        let action = attribute(form, "action").unwrap().to_owned();
        Form { action, fields }
    }

    /// The id of the one field whose label begins with these words.
    fn field_of(&self, label: &str) -> String {
        let fields = (0..self.pieces.len()).filter_map(|at| match &self.pieces[at] {
            Piece::Open(tag, attributes) if tag == "label" => {
                let text = self.text_at(at);
                let rest = text.strip_prefix(label)?;
                let is_whole = rest.is_empty() || rest.starts_with(' ');
                is_whole.then(|| attribute(attributes, "for")).flatten()
            }
            _ => None,
        });
        let fields: Vec<&str> = fields.collect();
        let [one] = fields.as_slice() else {
            panic!("{}: {} fields «{label}»", self.path, fields.len());
        };
        (*one).to_owned()
    }

    /// What a button is called: by its own label, or by its text.
    fn name_at(&self, at: usize) -> String {
        match &self.pieces[at] {
            Piece::Open(_, attributes) => match attribute(attributes, "aria-label") {
                Some(label) => label.to_owned(),
                None => self.text_at(at),
            },
            _ => String::new(),
        }
    }

    /// The text within the element that begins here.
    fn text_at(&self, at: usize) -> String {
        let Piece::Open(tag, _) = &self.pieces[at] else {
            return String::new();
        };
        let inside = self.pieces[at + 1..].iter();
        let inside = inside.take_while(|piece| !matches!(piece, Piece::Close(end) if end == tag));
        inside
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Takes HTML apart. The stand-ins escape every `<`, `>` and `"` that is no mark.
fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        pieces.push(match tag.strip_prefix('/') {
            Some(name) => Piece::Close(name.to_owned()),
            None => open(tag),
        });
        if !text.is_empty() {
            pieces.push(Piece::Text(unescaped(text)));
        }
    }
    pieces
}

fn open(tag: &str) -> Piece {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((attribute.trim().to_owned(), unescaped(value)));
        rest = after;
    }
    Piece::Open(name.to_owned(), attributes)
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut all = attributes.iter();
    all.find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn unescaped(text: &str) -> String {
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ];
    let plain = marks.iter().fold(text.to_owned(), |text, (mark, plain)| {
        text.replace(mark, plain)
    });
    plain.replace("&amp;", "&")
}
