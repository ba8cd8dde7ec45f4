import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Bridge } from "./bridge";
import type { Failure, KeystoreFile, ManyRow } from "./wire";

/** The bridge to the real program. The only file that knows Tauri. */
export const tauriBridge: Bridge = {
  start: () => invoke("start"),
  saveSettings: (settings) => invoke("save_settings", { settings }),

  createProfile: (change) => invoke("create_profile", { change }),
  changeProfile: (id, change) => invoke("change_profile", { id, change }),
  copyProfile: (id, change) => invoke("copy_profile", { id, change }),
  removeProfile: (id) => invoke("remove_profile", { id }),
  activateProfile: (id) => invoke("activate_profile", { id }),
  listProfiles: () => invoke("list_profiles"),
  road: (id) => invoke("road", { id }),
  confirmProduction: () => invoke("confirm_production"),

  startPractice: () => invoke("start_practice"),
  savePracticeCertificate: () => invoke("save_practice_certificate"),
  usePracticeCertificate: () => invoke("use_practice_certificate"),
  practiceClient: () => invoke("practice_client"),
  practiceView: () => invoke("practice_view"),
  switchScenarios: (scenarios) => invoke("switch_scenarios", { scenarios }),
  forgetRequests: () => invoke("forget_requests"),
  openPracticePage: (page) => invoke("open_practice_page", { page }),

  pickKeystoreFile: () => invoke("pick_keystore_file"),
  openKeystore: (handle, password, keyPassword = null) => invoke("open_keystore", { handle, password, keyPassword }),
  openingProgress: (handle) => invoke("opening_progress", { handle }),
  cancelOpening: (handle) => invoke("cancel_opening", { handle }),
  closeKeystore: (handle) => invoke("close_keystore", { handle }),
  importIdentity: (handle, index, keep) => invoke("import_identity", { handle, index, keep }),
  listIdentities: () => invoke("list_identities"),
  removeIdentity: (id) => invoke("remove_identity", { id }),
  makeOwnKey: (order) => invoke("make_own_key", { order }),
  publicKeyOf: (id) => invoke("public_key_of", { id }),
  noteKeyPosted: (id) => invoke("note_key_posted", { id }),
  checkRevocation: (id) => invoke("check_revocation", { id }),
  fetchIssuers: (id) => invoke("fetch_issuers", { id }),
  addIssuers: () => invoke("add_issuers"),
  listIssuers: () => invoke("list_issuers"),
  removeIssuer: (sha256) => invoke("remove_issuer", { sha256 }),

  offerFiles: (profile) => invoke("offer_files", { profile }),
  makePassword: () => invoke("make_password"),
  saveFiles: (profile, order, password) => invoke("save_files", { profile, order, password }),
  replaceFiles: (profile, order, password, place) => invoke("replace_files", { profile, order, password, place }),
  showWrittenFile: (handle) => invoke("show_written_file", { handle }),
  copyFilePassword: (handle) => invoke("copy_file_password", { handle }),
  copyPassword: (password) => invoke("copy_password", { password }),
  forgetFiles: () => invoke("forget_files"),

  checkClient: (profile, clientId) => invoke("check_client", { profile, clientId }),
  readRegistration: (profile) => invoke("read_registration", { profile }),
  foresee: (profile, options) => invoke("foresee", { profile, options }),
  previewGrant: (profile, options) => invoke("preview_grant", { profile, options }),
  requestToken: (profile, options) => invoke("request_token", { profile, options }),
  cancelRequest: (profile) => invoke("cancel_request", { profile }),
  revealToken: (id) => invoke("reveal_token", { id }),
  copyToken: (id) => invoke("copy_token", { id }),
  currentToken: (profile, options) => invoke("current_token", { profile, options }),
  readPastedToken: (text) => invoke("read_pasted_token", { text }),
  saveUse: (profile, token, form, included) => invoke("save_use", { profile, token, form, included }),
  startServing: (profile) => invoke("start_serving", { profile }),
  stopServing: () => invoke("stop_serving"),
  servedEndpoint: () => invoke("served_endpoint"),

  exportProfiles: (ids) => invoke("export_profiles", { ids }),
  importProfiles: () => invoke("import_profiles"),

  auditEntries: () => invoke("audit_entries"),
  exportAudit: () => invoke("export_audit"),
  openLogFolder: () => invoke("open_log_folder"),

  readConsumers: (text) => invoke("read_consumers", { text }),
  pickConsumers: () => invoke("pick_consumers"),
  foreseeForAll: (profile, consumers) => invoke("foresee_for_all", { profile, consumers }),
  requestForAll: (profile, consumers, anyway) => invoke("request_for_all", { profile, consumers, anyway }),
  cancelRequestForAll: (profile) => invoke("cancel_request_for_all", { profile }),
  saveOutcomes: (profile) => invoke("save_outcomes", { profile }),
  copyText: (text) => invoke("copy_text", { text }),

  explainText: (text, language) => invoke("explain_text", { text, language }),

  openLink: (address) => invoke("open_link", { address }),
  openMail: (to, subject, body) => invoke("open_mail", { to, subject, body }),
  setWindowTitle: (title) => invoke("set_window_title", { title }),

  onKeystoreFile: (listener) => stopLater(listen<KeystoreFile | Failure>("keystore-file", ({ payload }) => listener(payload))),
  onManyRow: (listener) => stopLater(listen<ManyRow>("many-row", ({ payload }) => listener(payload))),
  onTryingAgain: (listener) => stopLater(listen<{ number: number; of: number }>("trying-again", ({ payload }) => listener(payload))),
  onDragging: (listener) => stopLater(listen<boolean>("dragging", ({ payload }) => listener(payload))),
};

/** `listen` answers later; stopping before that must still stop. */
function stopLater(listening: Promise<() => void>): () => void {
  return () => void listening.then((stop) => stop());
}
