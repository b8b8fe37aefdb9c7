// Messages, and the people who must know.
import { describe, expect, test } from "vitest";
import {
  acts,
  all,
  click,
  fake,
  one,
  open,
  openAgain,
  press,
  room,
  settle,
  type,
  typed,
  typeInto,
  violations,
} from "./window";

function body(): string {
  return (one("draft-body") as HTMLTextAreaElement).value;
}

function lit(root: string): string[] {
  return [...document.querySelectorAll(`${root} mark`)].map(({ textContent }) => textContent);
}

/** The messages' page with a draft of its first message. */
async function draft(): Promise<void> {
  await open("room");
  await press("m");
  await press("f");
}

async function fillBlanks(): Promise<void> {
  await typeIntoFirst("blank-field", "support@payments.example");
  await press("Enter");
  await press("Enter");
}

async function typeIntoFirst(testid: string, text: string): Promise<void> {
  all(testid)[0]?.focus();
  await type(text);
}

describe("templates", () => {
  test("blanks are lit and listed, the rest is kept as written, and the reader's view stands beside", async () => {
    await open("room");
    await press("m");
    expect(lit("main")).toEqual(["[SUPPORT CONTACT]", "[TIME]"]);
    const lines = [...document.querySelectorAll("ol[aria-label=Text] li")].map(({ textContent }) => textContent);
    expect(lines.join("\n")).toBe(room.message?.body);
    expect(one("preview").textContent).toContain("As the customer reads it");
    expect(lit("[data-testid=preview]")).toEqual(["[SUPPORT CONTACT]", "[TIME]"]);
  });

  test("arrows choose, Y copies the chosen one", async () => {
    await open("room");
    await press("m");
    await press("ArrowDown");
    await press("y");
    const second = all("message-entry")[1];
    expect(second?.getAttribute("aria-current")).toBe("true");
    expect(document.activeElement).toBe(second);
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "message", id: second?.dataset.id } });
  });
});

describe("drafts", () => {
  test("F begins one and leads to the first open blank; what the plan knows stands there", async () => {
    await draft();
    expect(acts()).toEqual([{ act: "start_draft", message: all("message-entry")[0]?.dataset.id }]);
    const fields = all("blank-field") as HTMLInputElement[];
    expect(fields.map(({ dataset }) => dataset.blank)).toEqual(["[SUPPORT CONTACT]", "[TIME]"]);
    expect(fields.map((field) => field.value)).toEqual(["", "09:00 UTC"]);
    expect(document.activeElement).toBe(fields[0]);
    expect(await violations()).toEqual([]);
  });

  test("a filled blank stands in the text, the next one takes the keyboard, the last one opens the way", async () => {
    await draft();
    expect((one("mark-sent") as HTMLButtonElement).disabled).toBe(true);
    await fillBlanks();
    expect(body()).toContain("Questions: support@payments.example, until 09:00 UTC.");
    expect(all("blank-field")).toHaveLength(0);
    expect(document.activeElement).toBe(one("draft-body"));
    expect(lit("[data-testid=preview]")).toEqual([]);
    expect((one("mark-sent") as HTMLButtonElement).disabled).toBe(false);
    one("unkept");
  });

  test("what is typed goes to the disk as it stands, keeps its lines, and is there again after a kill", async () => {
    await draft();
    await typeInto("draft-body", "one\n\n  two");
    await typeInto("draft-subject", "Slow");
    expect(JSON.parse(typed("draft 1").at(-1) ?? "")).toEqual({
      to: "customers@payments.example",
      subject: "Slow",
      body: "one\n\n  two",
    });
    await openAgain();
    await press("m");
    expect(body()).toBe("one\n\n  two");
    one("unkept");
  });

  test("a late echo of older words does not take away what was typed since", async () => {
    await draft();
    fake.hold();
    // Typed, taken out and typed again: the echo of the first is the same as what stands there now.
    for (const text of ["one", "", "one"]) await typeInto("draft-body", text);
    const messages = room.messages;
    if (messages === null) throw new Error("no messages");
    for (const body of ["one", ""]) {
      fake.play({ messages: { ...messages, drafts: messages.drafts.map((one) => ({ ...one, body })) } });
      await settle();
      expect((one("draft-body") as HTMLTextAreaElement).value).toBe("one");
    }
    fake.letGo();
    await settle();
    expect((one("draft-body") as HTMLTextAreaElement).value).toBe("one");
  });

  test("Ctrl S keeps it from inside of a field", async () => {
    await draft();
    await typeInto("draft-to", "everybody");
    await press("s", { ctrlKey: true });
    expect(acts().at(-1)).toMatchObject({ act: "keep_draft", draft: 1, to: "everybody" });
    expect(all("unkept")).toHaveLength(0);
  });

  test("Y is refused with the list while blanks are open, and nothing is kept for it", async () => {
    await draft();
    one("page-title").focus();
    await typeInto("draft-subject", "Slow");
    one("page-title").focus();
    await press("y");
    expect(one("problem").textContent).toContain("[SUPPORT CONTACT], [TIME]");
    expect(acts().some(({ act }) => act === "keep_draft")).toBe(false);
    expect(await violations()).toEqual([]);
  });

  test("what is copied is what the log has: it is kept first", async () => {
    await draft();
    await fillBlanks();
    expect(one("draft-copy").textContent).toContain("Keep and copy");
    one("page-title").focus();
    await press("y");
    expect(acts().at(-1)).toMatchObject({ act: "keep_draft", draft: 1 });
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "draft", id: "1" } });
    expect(one("draft-copy").textContent).toContain("Copied");
    await press("o");
    expect(fake.asked.at(-1)).toEqual({ kind: "open_outside", target: { kind: "draft_mail", draft: "1" } });
  });

  test("it counts as sent only after a second step, and stands among the sent ones, read only", async () => {
    await draft();
    await fillBlanks();
    await click(one("mark-sent"));
    expect(acts().some(({ act }) => act === "mark_sent")).toBe(false);
    expect(document.activeElement).toBe(one("sent-to"));
    expect(await violations()).toEqual([]);
    await type("#deployments");
    await typeInto("sent-at", "06:31");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "mark_sent", draft: 1, to: "#deployments", at: "06:31" });
    expect(all("message-entry")[0]?.textContent).toContain("sent 06:31 to #deployments");
    await click(one("sent-entry"));
    expect(one("sent-body").textContent).toContain("support@payments.example");
    expect(document.querySelectorAll("main input, main textarea")).toHaveLength(0);
  });

  test("it is thrown away only after a second step", async () => {
    await draft();
    await click(one("draft-drop-ask"));
    expect(acts().some(({ act }) => act === "drop_draft")).toBe(false);
    await click(one("draft-drop"));
    expect(acts().at(-1)).toEqual({ act: "drop_draft", draft: 1 });
    one("draft-start");
  });

  test("+ begins an empty notice, which is chosen and takes the keyboard", async () => {
    await open("room");
    await press("m");
    await press("+");
    expect(acts()).toEqual([{ act: "start_draft", message: "" }]);
    expect(one("draft-entry").getAttribute("aria-current")).toBe("true");
    expect(one("page-title").textContent).toBe("Notice 1");
    expect(document.activeElement).toBe(one("draft-body"));
    await press("Escape");
    expect(document.activeElement).toBe(one("draft-entry"));
    expect(room.page).toBe("messages");
  });

  test("in a closed room it can be read and not written", async () => {
    await draft();
    await room.askInRoom({ act: "close", outcome: "Successful" });
    await settle();
    expect((one("draft-body") as HTMLTextAreaElement).readOnly).toBe(true);
    expect(all("draft-keep")).toHaveLength(0);
  });
});

describe("escalation", () => {
  test("Call and Mail are there only where there is a number or an address", async () => {
    await open("room");
    await press("e");
    const words = all("contact").map((contact) =>
      [...contact.querySelectorAll("button")].map((one) => one.textContent.trim().split(" ")[0]),
    );
    expect(words.map((all) => all.filter((one) => one === "Call" || one === "Mail"))).toEqual([
      ["Call", "Mail"],
      ["Call"],
      [],
    ]);
    expect(all("contact")[2]?.textContent).toContain("are blank in the file");
  });

  test("the four blank ways are filled in the room", async () => {
    await open("room");
    await press("e");
    await click(all("contact-edit")[2]);
    expect(document.activeElement?.getAttribute("name")).toBe("name");
    expect(await violations()).toEqual([]);
    await type("Henrik Voss");
    one("contact-form").querySelector<HTMLElement>("[name=phone]")?.focus();
    await type("+351 555 0187");
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([
      {
        act: "fill_contact",
        contact: "contact-3",
        name: "Henrik Voss",
        phone: "+351 555 0187",
        mail: "",
        chat: "",
        pager: "",
      },
    ]);
    expect(all("contact-form")).toHaveLength(0);
    const third = all("contact")[2];
    expect(third?.textContent).toContain("+351 555 0187");
    expect(document.activeElement).toBe(third);
  });

  test("arrows choose a contact, Enter asks who answered, and the matrix counts it", async () => {
    await open("room");
    await press("e");
    expect(one("matrix").textContent).toContain("0 of 12");
    await press("ArrowDown");
    await press("c");
    expect(fake.asked.at(-1)).toEqual({ kind: "open_outside", target: { kind: "call", id: "contact-1" } });
    await press("Enter");
    expect([...(one("answered-way") as HTMLSelectElement).options].map(({ value }) => value)).toEqual([
      "phone",
      "mail",
      "pager",
    ]);
    expect(await violations()).toEqual([]);
    await type("Undoing with MK");
    await press("Enter");
    expect(acts()).toEqual([{ act: "prove_contact", contact: "contact-1", way: "phone", words: "Undoing with MK" }]);
    expect(one("matrix").textContent).toContain("1 of 12");
    expect(all("contact")[0]?.textContent).toContain("Undoing with MK");
  });

  test("Esc leaves a card as it was", async () => {
    await open("room");
    await press("e");
    await click(all("contact-edit")[0]);
    await type("somebody else");
    await press("Escape");
    expect(all("contact-form")).toHaveLength(0);
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(all("contact")[0]);
    expect(room.page).toBe("escalation");
  });

  test("one way is copied alone, and a place gets its address", async () => {
    await open("room");
    await press("e");
    await click(all("contact")[0]?.querySelector<HTMLElement>("[data-testid=copy]"));
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "reach", id: "contact-1/phone" } });
    await click(all("channel-edit")[1]);
    await typeInto("channel-field", "payments-oncall");
    await press("Enter");
    expect(acts()).toEqual([{ act: "fill_channel", channel: "channel-2", target: "payments-oncall" }]);
    expect(all("channel")[1]?.textContent).toContain("payments-oncall");
  });
});
