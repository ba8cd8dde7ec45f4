//! Every screen and state, as the fixtures of the pages name them, looked at in the real window.
//!
//! The pictures go to `target/screens`, for a person to look at.

use crate::harness::{Setup, Window, screens_folder};
use crate::look::{axe, look};

#[tokio::test]
async fn every_screen_is_whole_and_accessible_in_both_sizes_light_and_dark() {
    Setup::new()
        .run("screens", |window| async move {
            let names = fixture_names(&window).await;
            assert!(
                names.len() >= 10,
                "the pages were built without fixtures: {names:?}"
            );
            let axe = axe();
            empty_folder();
            let mut offences = Vec::new();
            for fixture in &names {
                for scheme in ["light", "dark"] {
                    if let Err(reason) = open(&window, fixture, scheme).await {
                        offences.push(format!("{fixture}-{scheme}: {reason}"));
                    }
                    let name = format!("{fixture}-{scheme}");
                    look(&window, &name, &axe, &mut offences).await;
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

/// Pictures of an earlier run would be mistaken for this one's.
fn empty_folder() {
    let folder = screens_folder();
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".png") && !name.starts_with("pages.") {
            std::fs::remove_file(path).unwrap();
        }
    }
}
