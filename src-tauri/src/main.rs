//! The window of Portner. The only crate that knows Tauri: it takes what the user does, calls the
//! flows of `onboarding`, and hands back what they answer. Private keys never pass through here.

#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

mod clipboard;
mod commands;
mod dialogs;
mod links;
mod log;
mod practice_pages;
mod practice_server;
mod practice_view;
mod serving;
mod start_again;
mod window;

use anyhow::Context;
use onboarding::{
    Session,
    adapters::{AuditLog, Home, Keychain, SystemHost, Vault},
};
use practice_server::LoopbackPractice;
use tauri::Manager;
use time::OffsetDateTime;

/// What the commands work on.
type Desk = Session<SystemHost<LoopbackPractice>>;

fn main() -> anyhow::Result<()> {
    let home = Home::find().context("the system tells of no home folder; set PORTNER_HOME")?;
    log::start(&home);
    let practice = LoopbackPractice::new(home.practice());
    let audit = AuditLog::new(&home);
    audit.tidy(OffsetDateTime::now_utc());
    let host = SystemHost::new(practice.clone()).with_audit(audit);
    let vault = Vault::new(&home, Keychain::open());
    let desk = Desk::new(host, home, vault)
        .map_err(|failure| anyhow::anyhow!("{}", log::sentence(&failure)))?
        .asking_for_production();
    let built = tauri::Builder::default()
        // First, so that a second start does nothing but hand over its file.
        .plugin(tauri_plugin_single_instance::init(window::second_start))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(window::remembered_size())
        .manage(desk)
        .manage(practice)
        .manage(clipboard::Clipboard::default())
        .manage(serving::Serving::default())
        .manage(window::Given::from_arguments())
        .setup(|app| {
            let scheme = app.state::<Desk>().settings().unwrap_or_default().scheme;
            window::show_scheme(app.handle(), scheme);
            window::announce_tries(app.handle());
            Ok(window::open(app.handle())?)
        })
        .on_window_event(window::on_event)
        .invoke_handler(tauri::generate_handler![
            commands::settings::start,
            commands::settings::save_settings,
            commands::profile::create_profile,
            commands::profile::change_profile,
            commands::profile::copy_profile,
            commands::profile::remove_profile,
            commands::profile::activate_profile,
            commands::profile::list_profiles,
            commands::profile::road,
            commands::profile::confirm_production,
            commands::practice::start_practice,
            commands::practice::save_practice_certificate,
            commands::practice::use_practice_certificate,
            commands::practice::practice_client,
            commands::practice::practice_view,
            commands::practice::switch_scenarios,
            commands::practice::forget_requests,
            commands::practice::open_practice_page,
            commands::identity::pick_keystore_file,
            commands::identity::open_keystore,
            commands::identity::opening_progress,
            commands::identity::cancel_opening,
            commands::identity::close_keystore,
            commands::identity::import_identity,
            commands::identity::list_identities,
            commands::identity::remove_identity,
            commands::identity::make_own_key,
            commands::identity::public_key_of,
            commands::identity::note_key_posted,
            commands::files::offer_files,
            commands::files::make_password,
            commands::files::save_files,
            commands::files::replace_files,
            commands::files::show_written_file,
            commands::files::copy_file_password,
            commands::files::copy_password,
            commands::files::forget_files,
            commands::identity::check_revocation,
            commands::identity::fetch_issuers,
            commands::identity::add_issuers,
            commands::identity::list_issuers,
            commands::identity::remove_issuer,
            commands::token::check_client,
            commands::token::read_registration,
            commands::token::foresee,
            commands::token::preview_grant,
            commands::token::request_token,
            commands::token::cancel_request,
            commands::token::reveal_token,
            commands::token::copy_token,
            commands::token::current_token,
            commands::token::read_pasted_token,
            commands::token::save_use,
            commands::profile::export_profiles,
            commands::profile::import_profiles,
            commands::audit::audit_entries,
            commands::audit::export_audit,
            commands::audit::open_log_folder,
            commands::many::read_consumers,
            commands::many::pick_consumers,
            commands::many::foresee_for_all,
            commands::many::request_for_all,
            commands::many::cancel_request_for_all,
            commands::many::save_outcomes,
            commands::serving::start_serving,
            commands::serving::stop_serving,
            commands::serving::served_endpoint,
            commands::explain::explain_text,
            commands::outside::copy_text,
            commands::outside::open_link,
            commands::outside::open_mail,
            commands::outside::set_window_title,
        ])
        .build(tauri::generate_context!());
    let app = match built {
        Err(error) if start_again::is_due(&error) => return start_again::start_again(error),
        built => built?,
    };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            app.state::<clipboard::Clipboard>().clear();
        }
    });
    Ok(())
}
