//! Names every command, so that each is a permission of its own.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    Ok(tauri_build::try_build(attributes)?)
}

const COMMANDS: &[&str] = &[
    "start",
    "save_settings",
    "create_profile",
    "change_profile",
    "copy_profile",
    "remove_profile",
    "activate_profile",
    "list_profiles",
    "road",
    "confirm_production",
    "start_practice",
    "save_practice_certificate",
    "use_practice_certificate",
    "practice_client",
    "pick_keystore_file",
    "open_keystore",
    "close_keystore",
    "import_identity",
    "list_identities",
    "remove_identity",
    "make_own_key",
    "public_key_of",
    "note_key_posted",
    "check_client",
    "preview_grant",
    "request_token",
    "cancel_request",
    "reveal_token",
    "copy_token",
    "copy_text",
    "open_link",
    "open_mail",
    "set_window_title",
];
