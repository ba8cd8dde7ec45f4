/** The head of a draft as shown: the labels stand in the language of the window. */
export type MailHead = { to: (address: string) => string; subject: (subject: string) => string };

export type Letter = { to: string; subject: string; body: string };

/** The letter as one text: «Til: …», «Emne: …», an empty line, the body. */
export function letterText(head: MailHead, { to, subject, body }: Letter): string {
  return `${head.to(to).trimEnd()}\n${head.subject(subject).trimEnd()}\n\n${body}`;
}

/** An edited text when its draft has become another: the lines nobody has touched follow the draft. */
export function followDraft(edited: string, before: string, now: string): string {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  if (old.length !== fresh.length) return edited;
  const lines = edited.split("\n");
  const taken = new Set<number>();
  old.forEach((line, index) => {
    const at = lines.findIndex((one, place) => one === line && !taken.has(place));
    if (at < 0) return;
    taken.add(at);
    lines[at] = fresh[index] ?? line;
  });
  return lines.join("\n");
}

/** Reads an edited text back. A line that is gone leaves what the draft had. */
export function readLetter(head: MailHead, text: string, draft: Letter): Letter {
  const lines = text.split("\n");
  const take = (label: string) => {
    const line = lines[0] ?? "";
    if (!line.startsWith(label)) return null;
    lines.shift();
    return line.slice(label.length).trim();
  };
  const to = take(head.to("").trim());
  const subject = take(head.subject("").trim());
  return { to: to ?? draft.to, subject: subject ?? draft.subject, body: lines.join("\n").trimStart() };
}
