//! The frame of every page that stands in for Samarbeidsportalen or Altinn.
//!
//! The pages have no scripts and take nothing from anywhere else. They are in Norwegian only, as
//! the real ones are practised for their words.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::answer;
use crate::html::{Element, el};

/// One page.
pub(crate) struct Page {
    /// The heading, and the title of the window.
    pub(crate) title: String,
    /// The name of the service it stands in for, and where that begins.
    pub(crate) service: (&'static str, &'static str),
    /// Whom one acts for.
    pub(crate) acting_for: Option<String>,
    /// The way back: where, and to what.
    pub(crate) back: Option<(String, &'static str)>,
    /// What is below the heading.
    pub(crate) body: Vec<Element>,
}

/// A field that is wrong: its id, and what is wrong with it.
pub(crate) type FieldFault = (String, String);

/// What a request for a page comes to.
pub(crate) enum Shown {
    /// A page.
    Page(Page),
    /// A page with faults in the form.
    Wrong(Page),
    /// The browser goes on to another address.
    Moved(String),
    /// There is no such page.
    Nowhere,
}

impl Shown {
    /// The answer. `service` is whose page it would be.
    pub(crate) fn answer(self, service: (&'static str, &'static str)) -> Response {
        match self {
            Self::Page(page) => page.answer(StatusCode::OK),
            Self::Wrong(page) => page.answer(StatusCode::UNPROCESSABLE_ENTITY),
            Self::Moved(target) => see_other(&target),
            Self::Nowhere => not_found(service).answer(StatusCode::NOT_FOUND),
        }
    }
}

/// A page that is not there.
pub(crate) fn not_found(service: (&'static str, &'static str)) -> Page {
    Page {
        title: "Siden finnes ikke".to_owned(),
        service,
        acting_for: None,
        back: None,
        body: vec![el("p").with(link(service.1, "Til forsiden"))],
    }
}

impl Page {
    /// The page as an answer.
    pub(crate) fn answer(self, status: StatusCode) -> Response {
        let mut header = el("header")
            .class("top")
            .with(link(self.service.1, self.service.0).class("service"));
        if let Some(name) = self.acting_for {
            header = header.with(el("p").text(format!("Du handler for {name}")));
        }
        let back = self.back.map(|(target, text)| {
            el("p").with(link(target, &format!("Tilbake til {text}")).class("back"))
        });
        let main = el("main")
            .attr("id", "innhold")
            .all(back)
            .with(el("h1").text(&self.title))
            .all(self.body);
        let page = el("html")
            .attr("lang", "nb")
            .with(head(&format!(
                "{} – {} – Øvelse",
                self.title, self.service.0
            )))
            .with(
                el("body")
                    .with(link("#innhold", "Hopp til innholdet").class("skip"))
                    .with(band())
                    .with(header)
                    .with(main),
            );
        let html = format!("<!doctype html>{page}");
        guarded(answer::with_type(status, "text/html; charset=utf-8", html))
    }
}

/// Sends the browser on after a form has been taken, so that it is not sent twice.
fn see_other(target: &str) -> Response {
    let mut response = guarded(answer::empty(StatusCode::SEE_OTHER));
    let location = HeaderValue::from_str(target).expect("targets are made of ASCII here");
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// The style sheet of all pages.
pub(crate) fn style() -> Response {
    let css = include_str!("page.css");
    guarded(answer::with_type(
        StatusCode::OK,
        "text/css; charset=utf-8",
        css,
    ))
}

/// The answer to a request from elsewhere.
pub(crate) fn foreign() -> Response {
    guarded(answer::text(
        StatusCode::FORBIDDEN,
        "Forespørselen kommer fra et annet sted.",
    ))
}

/// A moment as Norwegians write it, in UTC.
pub(crate) fn norwegian(moment: time::OffsetDateTime) -> String {
    let format =
        time::macros::format_description!("[day].[month].[year] kl. [hour].[minute].[second] UTC");
    let utc = moment.to_offset(time::UtcOffset::UTC);
    utc.format(&format)
        .expect("the parts of a date can be written")
}

/// A link.
pub(crate) fn link(target: impl Into<String>, text: &str) -> Element {
    el("a").attr("href", target).text(text)
}

/// A form that is posted.
pub(crate) fn form(action: impl Into<String>) -> Element {
    el("form").attr("method", "post").attr("action", action)
}

/// A button that sends the form with this name and value.
pub(crate) fn button(name: &'static str, value: impl Into<String>, text: &str) -> Element {
    el("button")
        .attr("type", "submit")
        .attr("name", name)
        .attr("value", value)
        .text(text)
}

/// A value that goes along unseen.
pub(crate) fn hidden(name: &'static str, value: impl Into<String>) -> Element {
    el("input")
        .attr("type", "hidden")
        .attr("name", name)
        .attr("value", value)
}

/// A labelled field. `field` is the input or the text area without its id.
pub(crate) fn labelled(
    id: &str,
    label: &str,
    hint: Option<&str>,
    faults: &[FieldFault],
    field: Element,
) -> Element {
    let faults: Vec<&str> = faults
        .iter()
        .filter(|(wrong, _)| wrong == id)
        .map(|(_, text)| text.as_str())
        .collect();
    let mut described = Vec::new();
    let mut group = el("div")
        .class("field")
        .with(el("label").attr("for", id).text(label));
    if let Some(hint) = hint {
        described.push(format!("{id}-hjelp"));
        let hint = el("p")
            .class("hint")
            .attr("id", format!("{id}-hjelp"))
            .text(hint);
        group = group.with(hint);
    }
    let mut field = field.attr("id", id.to_owned());
    if !faults.is_empty() {
        described.push(format!("{id}-feil"));
        field = field.attr("aria-invalid", "true");
        let text = el("p")
            .class("fault")
            .attr("id", format!("{id}-feil"))
            .text(faults.join(". "));
        group = group.with(text);
    }
    if !described.is_empty() {
        field = field.attr("aria-describedby", described.join(" "));
    }
    group.with(field)
}

/// What is wrong with a form, each fault a link to its field.
pub(crate) fn summary(faults: &[FieldFault]) -> Option<Element> {
    if faults.is_empty() {
        return None;
    }
    let items = faults.iter().map(|(field, text)| {
        let item = match field.as_str() {
            "" => el("span").text(text),
            field => link(format!("#{field}"), text),
        };
        el("li").with(item)
    });
    Some(
        el("section")
            .class("faults")
            .attr("role", "alert")
            .attr("aria-labelledby", "feil")
            .with(el("h2").attr("id", "feil").text("Dette må rettes"))
            .with(el("ul").all(items)),
    )
}

/// A table with a heading for each column.
pub(crate) fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Element>>) -> Element {
    let headings = columns
        .iter()
        .map(|column| el("th").attr("scope", "col").text(*column));
    let rows = rows
        .into_iter()
        .map(|cells| el("tr").all(cells.into_iter().map(|cell| el("td").with(cell))));
    el("div")
        .class("wide")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", caption)
        .with(
            el("table")
                .with(el("caption").text(caption))
                .with(el("thead").with(el("tr").all(headings)))
                .with(el("tbody").all(rows)),
        )
}

fn head(title: &str) -> Element {
    el("head")
        .with(el("meta").attr("charset", "utf-8"))
        .with(
            el("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1"),
        )
        .with(
            el("meta")
                .attr("name", "color-scheme")
                .attr("content", "light dark"),
        )
        .with(el("title").text(title))
        .with(el("link").attr("rel", "stylesheet").attr("href", STYLE))
}

fn band() -> Element {
    el("div")
        .class("band")
        .attr("role", "note")
        .with(el("strong").text("ØVELSE"))
        .text(" Siden er en etterligning på denne maskinen. Ingenting sendes til Digdir eller Altinn.")
}

/// Nothing but this server's own style sheet and forms. `same-origin` and not `no-referrer`: with
/// the latter a browser leaves out where a form comes from.
fn guarded(mut response: Response) -> Response {
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Where the style sheet is.
const STYLE: &str = "/portal/style.css";
