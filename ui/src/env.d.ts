/** True in development and in `--mode fixtures`; false in what users get. */
declare const __FIXTURES__: boolean;

interface Window {
  /** Names of all fixtures, for the window tests; only in fixture mode. */
  __fixtures?: string[];
}
