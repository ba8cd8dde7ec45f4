import { nb } from "./nb";
import type { Language } from "../bridge/wire";
import type { Words } from "./words";

/** A text that depends on a number: chosen by `Intl.PluralRules` from the parameter `count`. */
export type Plural<S extends string = string> = { one: S; other: S };

export type Catalogue = Words<typeof nb>;

/** Keys as "area.name" or deeper; a plural counts as one text. */
export type Key = Leaves<typeof nb>;

/** Names of the placeholders in the bokmål text of a key; `count` for plurals. */
export type Placeholders<K extends Key> = K extends Key ? NamesIn<At<typeof nb, K>> : never;

export type Params<K extends Key> = { [P in Placeholders<K>]: string | number };

/** The languages that are here. Bokmål always is; the others come when they are asked for (`languages.ts`). */
export const catalogues: { nb: Catalogue } & Partial<Record<Language, Catalogue>> = { nb };

/** The text or plural at a key, or null when the catalogue has none. */
export function lookUp(catalogue: Catalogue, key: string): string | Plural | null {
  let here: unknown = catalogue;
  for (const part of key.split(".")) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, part)) return null;
    here = (here as Record<string, unknown>)[part];
  }
  if (typeof here === "string") return here;
  return isPlural(here) ? here : null;
}

export function isPlural(value: unknown): value is Plural {
  return typeof value === "object" && value !== null && "one" in value && "other" in value;
}

type Leaves<T> = {
  [K in keyof T & (string | number)]: T[K] extends string
    ? `${K}`
    : T[K] extends Plural
      ? `${K}`
      : `${K}.${Leaves<T[K]>}`;
}[keyof T & (string | number)];

type At<T, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? At<Member<T, Head>, Rest>
  : Member<T, K>;

type Member<T, K extends string> = K extends keyof T
  ? T[K]
  : K extends `${infer N extends number}`
    ? N extends keyof T
      ? T[N]
      : never
    : never;

type NamesIn<T> = T extends string
  ? NamesInText<T>
  : T extends { one: infer A; other: infer B }
    ? "count" | NamesInText<A> | NamesInText<B>
    : never;

type NamesInText<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesInText<Rest> : never;
