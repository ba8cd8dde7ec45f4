import { serviceName } from "../../app/names";
import type { Profile, ServiceFacts, Step } from "../../bridge/wire";
import { OTHER } from "../api/draft";
import { shortId } from "../../i18n/formats";
import type { Text } from "../../i18n/text";

/**
 * The line under a step. The program names the text (`road.<number>.<key>`) and gives values;
 * what the oppsett itself says is filled in from there. Null when there is nothing true to say.
 */
export function describeStep(text: Text, step: Step, profile: Profile, services: ServiceFacts[]): string | null {
  if (step.status === "skipped") return null;
  const values = { ...valuesOf(text, profile, services), ...spoken(text, step.params) };
  for (const key of keysOf(step, profile)) {
    const said = text.maybe(`road.${key}`, values);
    if (said !== null && !UNFILLED.test(said)) return said;
  }
  return null;
}

/** «i dag kl. 14.30», «12. november kl. 14.30». */
export function moment(text: Text, at: number, now: number): string {
  const clock = text.clock(at);
  return text.day(at) === text.day(now) ? text.t("common.today_at", { clock }) : text.t("common.day_at", { day: text.day(at), clock });
}

/** Keys to try, the most telling first: a text whose values are not known is passed over. */
function keysOf({ number, description, status, missing }: Step, profile: Profile): string[] {
  if (status === "blocked" && missing !== null && number < LAST_STEP) return [`needs.${missing}`];
  const practice = status !== "done" && profile.environment === "practice" ? ["practice"] : [];
  const late = description === "sent" && workingDaysSince(profile.order.sent_on, new Date()) >= REMIND_AFTER ? ["remind"] : [];
  const halfway = number === 1 && profile.service && !profile.environment ? ["environment"] : [];
  const general = status === "done" ? ["done", "done_plain"] : ["todo"];
  return [...practice, ...halfway, ...late, description, `${description}_plain`, ...general].map((key) => `${number}.${key}`);
}

/** Mondays to Fridays after a date up to and with today; holidays count too, a reminder a day early does no harm. */
export function workingDaysSince(iso: string | null, today: Date): number {
  if (iso === null) return 0;
  const day = new Date(`${iso}T12:00:00`);
  let days = 0;
  while (days < REMIND_AFTER && day.getTime() + DAY_MS <= today.getTime() + DAY_MS / 2) {
    day.setTime(day.getTime() + DAY_MS);
    if (day.getDay() % 6 !== 0) days++;
  }
  return days;
}

function valuesOf(text: Text, profile: Profile, services: ServiceFacts[]): Record<string, string> {
  const { service, environment, order, client_id, token_issued_at } = profile;
  const facts = services.find(({ id }) => id === service);
  const day = order.state === "granted" ? order.granted_on : order.sent_on;
  return defined({
    api: service === OTHER ? profile.scopes.join(" ") || undefined : service && serviceName(text, service),
    environment: environment && text.t(`env.${environment}.name`),
    owner: facts?.owner ? (text.maybe(`services.${facts.id}.owner`) ?? facts.owner) : undefined,
    day: day && text.day(day),
    client_id: client_id && shortId(client_id),
    when: token_issued_at && moment(text, token_issued_at, Date.now() / 1000),
  });
}

/** The program's values in the words of the window: days for dates, names for environments and APIs. */
function spoken(text: Text, params: Record<string, string>): Record<string, string> {
  const { environment, service, client_id, date, at, ...rest } = params;
  return defined({
    ...rest,
    environment: environment && (text.maybe(`env.${environment}.name`) ?? environment),
    api: service && service !== OTHER ? serviceName(text, service) : undefined,
    client_id: client_id && shortId(client_id),
    date: date && text.date(date),
    day: (date && text.day(date)) || (at && text.day(Number(at))),
    when: at && moment(text, Number(at), Date.now() / 1000),
  });
}

function defined(values: Record<string, string | null | undefined | 0>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Record<string, string>;
}

/** The last step says what it gives, also before it can be taken. */
const LAST_STEP = 8;
/** Working days before the user is told that a reminder may be sent. */
const REMIND_AFTER = 5;
const DAY_MS = 86_400_000;
const UNFILLED = /\{[a-z_]+\}/;
