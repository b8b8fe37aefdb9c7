// The fake's ladder and its places, as acts change them.
import type { Act, AlertView, EscalationView, Problem } from "../bindings";

type Of<Name extends Act["act"]> = Extract<Act, { act: Name }>;

/** The acts that are answered here. */
export type LadderAct = Of<"fill_contact" | "prove_contact" | "add_contact" | "try_contact" | "fill_channel">;

/** What the acts need of the room. */
interface Around {
  by: string;
  alerts: readonly AlertView[];
  write: (event: string, text: string, detail?: string) => void;
  refuse: (message: string) => Problem;
}

export function actOnLadder(escalation: EscalationView, act: LadderAct, around: Around): Problem | null {
  switch (act.act) {
    case "fill_contact":
      fill(escalation, act, around);
      return null;
    case "prove_contact":
      prove(escalation, act, around);
      return null;
    case "add_contact":
      if (act.name.trim() === "") return around.refuse("Say their name first.");
      add(escalation, act);
      around.write("contact_added", `put on the ladder: ${act.name}`);
      return null;
    case "try_contact":
      attempt(escalation, act, around);
      return null;
    case "fill_channel":
      for (const channel of escalation.channels)
        if (channel.id === act.channel) {
          channel.target = act.target;
          channel.missing = act.target === "" ? "No address is known" : "";
          around.write("channel_filled", `${channel.title} is at ${act.target}`);
        }
      return null;
  }
}

function fill(escalation: EscalationView, act: Of<"fill_contact">, { write }: Around): void {
  for (const contact of escalation.contacts)
    if (contact.id === act.contact) {
      contact.name = act.name;
      for (const reach of contact.ways) {
        const address = act[reach.way as "phone" | "mail" | "chat" | "pager"];
        if (address !== reach.address) reach.proven = "";
        reach.address = address;
      }
      contact.missing = "";
      write("contact_filled", `${contact.role} is ${contact.name}`);
    }
}

function prove(escalation: EscalationView, { contact: id, way, words }: Of<"prove_contact">, around: Around): void {
  for (const contact of escalation.contacts)
    for (const reach of contact.ways)
      if (contact.id === id && reach.way === way) {
        reach.proven = `answered 21 Jan 05:50 UTC, said ${around.by}${words === "" ? "" : `: ${words}`}`;
        around.write("contact_proven", `${contact.role} answered on ${way}`, words);
      }
}

function add(escalation: EscalationView, act: Of<"add_contact">): void {
  const order = escalation.contacts.length + 1;
  const known: Partial<Record<string, string>> = { phone: act.phone, mail: act.mail };
  const ways = ["phone", "mail", "chat", "pager"].map((way) => ({ way, address: known[way] ?? "", proven: "" }));
  const role = act.role === "" ? "Added by hand" : act.role;
  escalation.contacts.push({
    id: `added ${order}`,
    order,
    line: 0,
    role,
    name: act.name,
    ways,
    tried: [],
    missing: "",
  });
}

function attempt(escalation: EscalationView, act: Of<"try_contact">, { by, alerts, write }: Around): void {
  const contact = escalation.contacts.find(({ id }) => id === act.contact);
  if (contact === undefined) return;
  const title = alerts.find(({ id }) => id === act.about)?.title;
  const heard = act.words === "" ? "" : `: ${act.words}`;
  const words = `${by} by ${act.way}, ${act.answered ? "answered" : "no answer"}${heard}`;
  const about = title === undefined ? "" : `about ${title}`;
  contact.tried = [{ at: "07:11:08", words, about, answered: act.answered }, ...contact.tried];
  const reach = contact.ways.find(({ way }) => way === act.way);
  if (act.answered && reach !== undefined) reach.proven = `answered 21 Jan 07:11 UTC, said ${by}${heard}`;
  write("contact_tried", `${contact.role} tried by ${act.way}`, act.words);
}
