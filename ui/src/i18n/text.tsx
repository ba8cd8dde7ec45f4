import { createContext, Fragment, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Language } from "../bridge/wire";
import { catalogues, isPlural, lookUp, type Key, type Params, type Placeholders } from "./catalogue";
import { formats, type Formats } from "./formats";
import { isHere, loadLanguage } from "./languages";

/** Says the text of a key. A missing or misspelt placeholder does not compile. */
export type Say = <K extends Key>(key: K, ...params: ParamsOf<K>) => string;

/** As `Say`, for keys put together at run time (a step's number, a code); null when there is no such text. */
export type SayMaybe = (key: string, params?: Record<string, string | number>) => string | null;

/** As `Say`, with elements in place of the placeholders, for sentences with a link or bold words in them. */
export type SayRich = <K extends Key>(key: K, params: { [P in Placeholders<K>]: ReactNode }) => ReactNode;

export type Text = { language: Language; t: Say; maybe: SayMaybe; rich: SayRich } & Formats;

/** The window's words in the chosen language, with number and date formats to match. */
export function useText(): Text {
  return useContext(TextContext);
}

/** Until a language has come, the window stays in the one it is in; before there is one, it waits. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [shown, setShown] = useState(isHere(language) ? language : null);
  useEffect(() => {
    let wanted = true;
    void loadLanguage(language).then((loaded) => wanted && setShown(loaded));
    return () => {
      wanted = false;
    };
  }, [language]);
  const here = isHere(language) ? language : shown;
  const text = useMemo(() => here && textIn(here), [here]);
  return text && <TextContext value={text}>{children}</TextContext>;
}

export function textIn(language: Language): Text {
  const words = catalogues[language] ?? catalogues.nb;
  const plural = new Intl.PluralRules(language);
  const maybe: SayMaybe = (key, params = {}) => {
    const found = lookUp(words, key);
    if (found === null) return null;
    const template = isPlural(found) ? (plural.select(Number(params.count)) === "one" ? found.one : found.other) : found;
    return fill(template, params);
  };
  return {
    language,
    maybe,
    t: (key, ...params) => maybe(key, params[0]) ?? key,
    rich: (key, params) => {
      const found = lookUp(words, key);
      return typeof found === "string" ? fillRich(found, params) : key;
    },
    ...formats(language),
  };
}

/** Puts values in place of `{name}`; an unknown name stays as it is, so that it is seen. */
export function fill(template: string, params: Record<string, string | number>): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

function fillRich(template: string, params: Record<string, ReactNode>): ReactNode {
  return template
    .split(/(\{[a-z_]+\})/)
    .map((part, index) => <Fragment key={index}>{PART.test(part) ? params[part.slice(1, -1)] : part}</Fragment>);
}

const PLACEHOLDER = /\{([a-z_]+)\}/g;
const PART = /^\{[a-z_]+\}$/;

type ParamsOf<K extends Key> = [Placeholders<K>] extends [never] ? [] : [params: Params<K>];

const TextContext = createContext<Text>(textIn("nb"));
