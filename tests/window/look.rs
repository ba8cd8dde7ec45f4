//! What a machine can see of a page, and its picture for a person to look at.
//!
//! Something is there, one main heading, nothing wider than the window, and no offence that
//! axe-core knows against WCAG 2.2 A and AA.

use std::io::Cursor;
use std::path::Path;

use fantoccini::Client;
use serde_json::{Value, json};

use crate::harness::{Window, screens_folder};

/// The sizes of the window in which every page is looked at.
pub(crate) const SIZES: [(u32, u32); 2] = [(1280, 800), (900, 700)];

/// The code of axe-core, to be run in a page.
pub(crate) fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).unwrap()
}

/// Looks at the page in both sizes: a picture of each, and what is wrong.
pub(crate) async fn look(window: &Window, name: &str, axe: &str, offences: &mut Vec<String>) {
    for (width, height) in SIZES {
        window.client.set_window_size(width, height).await.unwrap();
        settle(window).await;
        let picture = format!("{name}-{width}x{height}");
        save(window, &picture, offences).await;
        for offence in offences_on_page(&window.client, axe).await {
            offences.push(format!("{picture}: {offence}"));
        }
    }
}

/// Two frames, so that what was set last is painted, and the letters with their own font.
async fn settle(window: &Window) {
    let settled = "const done = arguments[0]; document.fonts.ready.then(() => \
                   requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    window
        .client
        .execute_async(settled, Vec::new())
        .await
        .unwrap();
}

async fn save(window: &Window, name: &str, offences: &mut Vec<String>) {
    let mut picture = window.client.screenshot().await.unwrap();
    // On a busy machine the page may be laid out in its new size some frames before it is painted.
    for _ in 0..PAINTS_MAX {
        if is_painted(&picture) {
            break;
        }
        settle(window).await;
        picture = window.client.screenshot().await.unwrap();
    }
    if !is_painted(&picture) {
        offences.push(format!(
            "{name}: the picture is blank, or black where it ends"
        ));
    }
    std::fs::write(screens_folder().join(format!("{name}.png")), picture).unwrap();
}

/// Something is on the picture, to its last corner: where nothing is painted yet it is black, and no
/// page of ours is.
fn is_painted(picture: &[u8]) -> bool {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let last = frame.buffer_size() - frame.color_type.samples();
    let [red, green, blue] = pixels[last..last + 3] else {
        panic!("a picture in colour: {frame:?}");
    };
    picture.len() > BLANK_BYTES_MAX && (red, green, blue) != (0, 0, 0)
}

async fn offences_on_page(client: &Client, axe: &str) -> Vec<String> {
    let mut offences = Vec::new();
    let shape = client.execute(SHAPE, Vec::new()).await.unwrap();
    if shape["letters"].as_u64() < Some(40) {
        offences.push(format!("only {} letters", shape["letters"]));
    }
    if shape["headings"] != 1 {
        offences.push(format!("{} main headings", shape["headings"]));
    }
    for wide in shape["wide"].as_array().unwrap() {
        offences.push(format!("wider than its place: {wide}"));
    }
    client.execute(axe, Vec::new()).await.unwrap();
    let tags = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
    let violations = client.execute_async(RUN_AXE, vec![tags]).await.unwrap();
    let violations = violations
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![violations]);
    offences.extend(violations.iter().map(Value::to_string));
    offences
}

/// The page and its scrolling column must not scroll sideways; what scrolls by its own wish may.
const SHAPE: &str = "
    const columns = [document.documentElement, ...document.querySelectorAll('main')];
    return {
        letters: document.body.innerText.trim().length,
        headings: [...document.querySelectorAll('h1')].filter(h => h.getClientRects().length).length,
        wide: columns.filter(e => e.scrollWidth > e.clientWidth)
            .map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`),
    };";

const RUN_AXE: &str = "
    const [tags, done] = arguments;
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
        result => done(result.violations.map(v => `${v.id}: ${v.nodes.map(n => `${n.target} (${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''})`).join('; ')}`)),
        error => done([`axe: ${error}`]));";

/// One colour and nothing else compresses to less than this.
const BLANK_BYTES_MAX: usize = 8_000;

const PAINTS_MAX: usize = 60;
