//! Every screen and state, as the fixtures of the pages name them, looked at in the real window.
//!
//! The pictures go to `target/screens`, for a person to look at. What a machine can see is
//! checked here: something is there, one main heading, nothing wider than the window, and no
//! offence that axe-core knows against WCAG 2.2 A and AA.

use std::path::Path;

use fantoccini::Client;
use serde_json::{Value, json};

use crate::harness::{Setup, Window, screens_folder};

#[tokio::test]
async fn every_screen_is_whole_and_accessible_in_both_sizes_light_and_dark() {
    Setup::new()
        .run("screens", |window| async move {
            let names = fixture_names(&window).await;
            assert!(
                names.len() >= 10,
                "the pages were built without fixtures: {names:?}"
            );
            let axe = std::fs::read_to_string(axe()).unwrap();
            empty_folder();
            let mut offences = Vec::new();
            for fixture in &names {
                for scheme in ["light", "dark"] {
                    if let Err(reason) = open(&window, fixture, scheme).await {
                        offences.push(format!("{fixture}-{scheme}: {reason}"));
                    }
                    for (width, height) in SIZES {
                        window.client.set_window_size(width, height).await.unwrap();
                        settle(&window).await;
                        let picture = format!("{fixture}-{scheme}-{width}x{height}");
                        save(&window, &picture, &mut offences).await;
                        for offence in offences_on_page(&window.client, &axe).await {
                            offences.push(format!("{picture}: {offence}"));
                        }
                    }
                }
            }
            assert!(
                offences.is_empty(),
                "{} offences:\n{}",
                offences.len(),
                offences.join("\n")
            );
        })
        .await;
}

async fn fixture_names(window: &Window) -> Vec<String> {
    window
        .until("return Array.isArray(window.__fixtures)")
        .await;
    let names = window.ask("return window.__fixtures").await;
    let names = names.as_array().unwrap().iter();
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// Opens one screen in one state, and waits until everything in it is in place.
async fn open(window: &Window, fixture: &str, scheme: &str) -> Result<(), String> {
    let address = format!("tauri://localhost/?fixture={fixture}&lang=nb&scheme={scheme}");
    window.client.goto(&address).await.unwrap();
    let reached = "return document.documentElement.dataset.fixture === 'ready'";
    match window.holds(reached).await {
        true => Ok(()),
        false => Err("the state was never reached".to_owned()),
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

/// Pictures of an earlier run would be mistaken for this one's.
fn empty_folder() {
    let folder = screens_folder();
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "png") {
            std::fs::remove_file(path).unwrap();
        }
    }
}

async fn save(window: &Window, name: &str, offences: &mut Vec<String>) {
    let mut picture = window.client.screenshot().await.unwrap();
    // On a busy machine the page may be laid out in its new size some frames before it is painted.
    for _ in 0..PAINTS_MAX {
        if picture.len() > BLANK_BYTES_MAX {
            break;
        }
        settle(window).await;
        picture = window.client.screenshot().await.unwrap();
    }
    if picture.len() <= BLANK_BYTES_MAX {
        offences.push(format!("{name}: the picture is blank"));
    }
    std::fs::write(screens_folder().join(format!("{name}.png")), picture).unwrap();
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

fn axe() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js")
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

const SIZES: [(u32, u32); 2] = [(1280, 800), (900, 700)];

/// One colour and nothing else compresses to less than this.
const BLANK_BYTES_MAX: usize = 8_000;

const PAINTS_MAX: usize = 60;
