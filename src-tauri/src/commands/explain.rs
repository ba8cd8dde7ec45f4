use keystore::Secret;
use onboarding::{Explained, Language};
use tauri::State;

use crate::Desk;

/// The text may hold anything a person pastes, so it is wiped when it has been read.
#[tauri::command]
pub(crate) async fn explain_text(
    desk: State<'_, Desk>,
    text: String,
    language: Language,
) -> Result<Explained, ()> {
    let text = Secret::new(text);
    // Read, never kept.
    Ok(desk.explain_text(text.expose(), language))
}
