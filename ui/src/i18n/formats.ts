import type { Language } from "../bridge/wire";

/** Numbers, dates and sizes in the words of one language. Times are seconds since 1970, shown in local time. */
export type Formats = {
  /** "14. mars 2026", "14 March 2026"; takes seconds or an ISO date. */
  date: (when: number | string) => string;
  /** "12. november", "12 November": where the year is plain. */
  day: (when: number | string) => string;
  /** "14.32.07", "14:32:07". */
  time: (when: number) => string;
  /** "14.32", "14:32". */
  clock: (when: number) => string;
  /** "6,2 kB", with a no-break space. */
  size: (bytes: number) => string;
  number: (value: number) => string;
};

export function formats(language: Language): Formats {
  // Month names are the same in both written forms of Norwegian; not every engine knows nn.
  const locale = language === "en" ? "en-GB" : "nb-NO";
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
  const dayOfYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(locale);
  const mark = language === "en" ? ":" : ".";
  return {
    date: (when) => day.format(toDate(when)),
    day: (when) => dayOfYear.format(toDate(when)),
    time: (when) => hoursMinutes(toDate(when), mark) + mark + two(toDate(when).getSeconds()),
    clock: (when) => hoursMinutes(toDate(when), mark),
    size: (bytes) => (bytes < 1000 ? `${bytes}\u00a0B` : `${decimal.format(bytes / 1000)}\u00a0kB`),
    number: (value) => whole.format(value),
  };
}

/** "313 045 285" with no-break spaces; anything but nine digits comes back as it is. */
export function orgNumber(digits: string): string {
  return /^\d{9}$/.test(digits) ? digits.replace(/(\d{3})(?=\d)/g, "$1\u00a0") : digits;
}

/** "2b45e138…00ea": enough of a client id to know it again. */
export function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

function toDate(when: number | string): Date {
  return typeof when === "number" ? new Date(when * 1000) : new Date(when.length === 10 ? `${when}T12:00:00` : when);
}

function hoursMinutes(when: Date, mark: string): string {
  return two(when.getHours()) + mark + two(when.getMinutes());
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
