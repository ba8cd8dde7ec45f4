import type { EnvironmentName, Order, OrderForm, OrderState, Profile } from "../../bridge/wire";

/** What the user has typed and chosen on «Bestill tilgang». */
export type Draft = {
  form: OrderForm;
  state: OrderState;
  /** "12.11.2026", as a person writes it. */
  sentOn: string;
  grantedIn: EnvironmentName[];
};

export type DraftAction =
  | { do: "form"; field: keyof OrderForm; text: string }
  | { do: "state"; state: OrderState }
  | { do: "sentOn"; text: string }
  | { do: "environment"; environment: EnvironmentName; on: boolean };

export type Fault = { field: "sent-on" | "granted-in"; key: "sent_on_malformed" | "sent_on_future" | "environments_missing" };

/** The order as saved; what is not known yet is taken from the certificate or from another oppsett. */
export function draftOf(profile: Profile, known: Partial<OrderForm>, today: Date): Draft {
  const { order, order_form, environment } = profile;
  const filled = Object.fromEntries(Object.entries(order_form).filter(([, text]) => text !== ""));
  return {
    form: { ...order_form, ...known, ...filled },
    state: order.state,
    sentOn: order.sent_on ? fromIso(order.sent_on) : fromIso(isoOf(today)),
    grantedIn: order.granted_in.length > 0 ? order.granted_in : environment ? [environment] : [],
  };
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.do) {
    case "form":
      return { ...draft, form: { ...draft.form, [action.field]: action.text } };
    case "state":
      return { ...draft, state: action.state };
    case "sentOn":
      return { ...draft, sentOn: action.text };
    case "environment": {
      const others = draft.grantedIn.filter((environment) => environment !== action.environment);
      return { ...draft, grantedIn: action.on ? [...others, action.environment] : others };
    }
  }
}

export function faultsIn({ state, sentOn, grantedIn }: Draft, today: Date): Fault[] {
  if (state === "granted") return grantedIn.length === 0 ? [{ field: "granted-in", key: "environments_missing" }] : [];
  if (state === "not_sent") return [];
  const date = toIso(sentOn);
  if (date === null) return [{ field: "sent-on", key: "sent_on_malformed" }];
  return date > isoOf(today) ? [{ field: "sent-on", key: "sent_on_future" }] : [];
}

export function orderFrom({ state, sentOn, grantedIn }: Draft, before: Order, today: Date): Order {
  return {
    state,
    sent_on: state === "sent" ? toIso(sentOn) : state === "granted" ? before.sent_on : null,
    granted_on: state === "granted" ? (before.granted_on ?? isoOf(today)) : null,
    granted_in: state === "granted" ? grantedIn : [],
  };
}

/** Everything the e-mail needs is there. */
export function isComplete(form: OrderForm): boolean {
  return Object.values(form).every((text) => text.trim() !== "");
}

/** "2026-11-12" from "12.11.2026", "12/11-2026" and the like; null when it is no day of the calendar. */
export function toIso(typed: string): string | null {
  const parts = /^\s*(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})\s*$/.exec(typed);
  if (!parts) return null;
  const [, day = "", month = "", year = ""] = parts;
  const date = new Date(Number(year), Number(month) - 1, Number(day), 12);
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? isoOf(date) : null;
}

export function isoOf(date: Date): string {
  return [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
}

function fromIso(iso: string): string {
  return iso.split("-").reverse().join(".");
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
