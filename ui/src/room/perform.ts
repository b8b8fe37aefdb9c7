// Carries a command out: the one place where keys, palette and those buttons meet that do the same. Must not know: which of
// them it was.
import { askedKey, type Command } from "./command";
import type { Room } from "./room.svelte";
import { proposalEntry } from "./signalling.svelte";

/** Does what was asked for. */
export function perform(room: Room, command: Command): void {
  switch (command.command) {
    case "open_palette":
      room.setPalette(true);
      break;
    case "choose_checklist":
      void room.act({ kind: "choose_checklist" });
      break;
    case "open_recent":
      void room.act({ kind: "open_recent", id: command.id });
      break;
    case "enter_room":
      void room.act({ kind: "enter_room", id: command.id });
      break;
    case "open_example":
      void room.act({ kind: "open_example" });
      break;
    case "start_drill":
      void room.act({ kind: "start_drill", scenario: command.scenario, over: command.over });
      break;
    case "set_drill_speed":
      void room.act({ kind: "set_drill_speed", speed: command.speed });
      break;
    case "skip_in_drill":
      void room.act({ kind: "skip_in_drill" });
      break;
    case "end_drill":
      void room.act({ kind: "end_drill" });
      break;
    case "enter":
      room.opened.enter();
      break;
    case "leave":
      void room.act({ kind: "leave" });
      break;
    case "back":
      room.back();
      break;
    case "look":
      room.look(command.phase);
      room.focus({ on: "title" });
      break;
    case "next_phase":
      room.stepPhase(1);
      break;
    case "previous_phase":
      room.stepPhase(-1);
      break;
    case "show_page":
      room.showPage(command.page);
      room.focus({ on: "title" });
      break;
    case "next_box":
      room.stepBox(1);
      break;
    case "previous_box":
      room.stepBox(-1);
      break;
    case "tick":
      room.tick(command.item);
      break;
    case "answer": {
      const item = room.item(command.item);
      if (item !== null) room.boxes.answer(item, command.answer);
      break;
    }
    case "ask_in_row":
      room.askInRow(command.item, command.form);
      break;
    case "attach_file":
      void room.act({ kind: "attach_file", item: command.item });
      break;
    case "undo_item":
      room.undoItem(command.item);
      break;
    case "state_step":
      room.stateStep(command.step);
      break;
    case "copy_step":
      copyStep(room, command.step);
      break;
    case "other_way":
      room.retreat.ask(askedKey("way", String(command.way)), true);
      break;
    case "confirm_phase":
      room.confirmPhase();
      break;
    case "undo":
      room.undo();
      break;
    case "toggle_done":
      room.toggleDone();
      break;
    case "open_panel":
      room.setPanel(command.panel);
      break;
    case "give_up":
      room.givingUp.begin(command.reason);
      room.setPanel("roll_back");
      break;
    case "rehearse":
      room.showPage("rollback");
      void room.act({ kind: "in_room", act: { act: "rehearse", way: command.way } });
      break;
    case "choose_person":
      void room.choosePerson(command.initials);
      break;
    case "acknowledge":
      void room.alarms.acknowledge(command.alert);
      break;
    case "acknowledge_all":
      void room.act({ kind: "in_room", act: { act: "acknowledge_all" } });
      break;
    case "silence":
      // Where its card is not in sight the alert's own page shows it.
      if (room.page === null) room.setDrawer(true);
      else if (room.page !== "alerts" || room.alarms.histories.id !== command.alert) showHistory(room, command.alert);
      room.alarms.cards.ask(command.alert, "silence");
      break;
    case "lift_silence":
      void room.act({ kind: "in_room", act: { act: "lift_silence", alert: command.alert, reason: "" } });
      break;
    case "escalate":
      room.showPage("escalation");
      room.ladder.setAbout(command.alert);
      room.focus({ on: "title" });
      break;
    case "history":
      showHistory(room, command.alert);
      room.focus({ on: "title" });
      break;
    case "by_hand":
      room.askInRow(command.item, "saw");
      break;
    case "note":
      room.focus({ on: "note" });
      break;
    case "search":
      room.search();
      break;
    case "show_check":
      room.checking.enter(command.line, command.from);
      break;
    case "ask_start":
      room.checking.askStart();
      break;
    case "next_finding":
      room.checking.step(1);
      break;
    case "previous_finding":
      room.checking.step(-1);
      break;
    case "next_line":
      room.checking.source.step(1);
      break;
    case "previous_line":
      room.checking.source.step(-1);
      break;
    case "use_line":
      room.checking.useLine();
      break;
    case "copy_report":
      void room.copyReport();
      break;
    case "export":
      void room.act({ kind: "export", export: command.export });
      break;
    case "copy_status":
      void room.copyStatus();
      break;
    case "copy_handoff":
      void room.copyHandoff();
      break;
    case "withdraw_handover":
      void room.act({ kind: "in_room", act: { act: "withdraw_handover" } });
      break;
    case "show_event":
      room.logbook.lookFrom(command.event);
      room.showPage("log");
      room.focus({ on: "title" });
      break;
    case "show_item":
      room.checking.goTo({ page: "", phase: command.phase, on: "item", id: command.item, words: "" });
      break;
    case "look_back":
      room.logbook.leaveEvent();
      void room.lookingBack.look(command.look);
      break;
    case "correct":
      room.logbook.correct(command.event);
      break;
    case "next_event":
      stepEvent(room, 1);
      break;
    case "previous_event":
      stepEvent(room, -1);
      break;
    case "next_minute":
      void room.lookingBack.look({ to: "minutes", by: 1 });
      break;
    case "previous_minute":
      void room.lookingBack.look({ to: "minutes", by: -1 });
      break;
    case "toggle_drawer":
      room.setDrawer(!room.drawer);
      break;
    case "show_vitals_over":
      room.charts.choose(command.hours);
      break;
    case "switch_theme":
      room.switchTheme();
      break;
    case "copy_message":
      copyMessage(room);
      break;
    case "next_message":
      room.stepMessage(1);
      break;
    case "previous_message":
      room.stepMessage(-1);
      break;
    case "fill_blank":
      if (room.desk.draft !== null) room.focus({ on: "blank" });
      else if (room.message !== null) void room.desk.start(room.message.id);
      break;
    case "keep_draft":
      void room.desk.draft?.keep();
      break;
    case "open_in_mail":
      void room.desk.draft?.openInMail();
      break;
    case "new_notice":
      void room.desk.start("");
      break;
    case "next_contact":
      room.stepContact(1);
      break;
    case "previous_contact":
      room.stepContact(-1);
      break;
    case "call":
      room.openOutside({ kind: "call", id: command.contact });
      break;
    case "answered":
      room.ladder.ask(command.contact, "answered");
      break;
    case "unanswered":
      room.ladder.ask(command.contact, "unanswered");
      break;
    case "next_signal":
      stepSignal(room, 1);
      break;
    case "previous_signal":
      stepSignal(room, -1);
      break;
    case "arm":
      room.signalling.arm(command.signal);
      room.setPanel("arm");
      break;
    case "accept_proposal":
      acceptProposal(room, command.proposal);
      break;
    case "drop_proposal":
      void room.signalling.act(proposalEntry(command.proposal), { act: "drop_binding", proposal: command.proposal });
      break;
    case "next_what_if":
      stepWhatIf(room, 1);
      break;
    case "previous_what_if":
      stepWhatIf(room, -1);
      break;
    case "take_what_if":
      if (room.planning.askWhy(room.schedule)) room.setDrawer(true);
      break;
    case "other_what_if":
      room.setDrawer(true);
      room.planning.askOther("hold");
      break;
    case "another_end":
      room.setDrawer(true);
      room.planning.askOther("window");
      break;
    case "window_notice":
      void openNotice(room);
      break;
    case "do_round": {
      const id = room.rounds.next(room.routines);
      if (id !== null) room.focus({ on: "item", id });
      break;
    }
    case "next_round":
      room.rounds.step(room.routines, 1);
      break;
    case "previous_round":
      room.rounds.step(room.routines, -1);
      break;
    case "hourly_update":
      room.showPage("messages");
      void room.desk.draw({ act: "start_update" });
      break;
    case "closing_words":
      room.showPage("messages");
      void room.desk.draw({ act: "start_closing" });
      break;
    case "say_why":
      room.rounds.ask("why", "why");
      break;
    case "lesson":
      room.setDrawer(true);
      room.rounds.ask("lesson", "lesson");
      break;
    case "copy_settings":
      void room.copy({ kind: "settings", id: "accepted" });
      break;
  }
}

/** One row on in the list as it is filtered. */
function stepEvent(room: Room, by: 1 | -1): void {
  const { group, search } = room.logbook;
  room.logbook.leaveEvent();
  void room.lookingBack.look({ to: "rows", group, search, by });
}

function showHistory(room: Room, alert: string): void {
  room.alarms.histories.choose(alert);
  room.showPage("alerts");
}

function stepSignal(room: Room, step: 1 | -1): void {
  const id = room.signalling.step(room.signals, step);
  if (id !== null) room.focus({ on: "signal", id });
}

function stepWhatIf(room: Room, step: 1 | -1): void {
  const id = room.planning.step(room.schedule, step);
  if (id !== null) room.focus({ on: "what_if", id });
}

/** Opens the draft that moves the window, on the messages' page; where there is none yet, one is kept first. */
async function openNotice(room: Room): Promise<void> {
  const notice = room.schedule?.notice ?? null;
  if (notice === null) return;
  room.setDrawer(true);
  const act = { act: "draft_window_notice", until: notice.until } as const;
  if (notice.draft === 0 && !(await room.desk.startBy(room.planning.drafting, act))) return;
  if (notice.draft !== 0) room.desk.chooseDraft(notice.draft);
  room.showPage("messages");
  room.focus({ on: "title" });
}

/** What is accepted is the draft as it is shown. */
function acceptProposal(room: Room, id: string): void {
  const found = room.signals?.proposals.find((proposal) => proposal.id === id);
  if (found === undefined) return;
  const act = { act: "accept_binding", proposal: id, digest: found.digest } as const;
  void room.signalling.act(proposalEntry(id), act);
}

function copyStep(room: Room, step: string): void {
  const command = room.step(step)?.command ?? null;
  if (command !== null) void room.copy({ kind: "command", id: command.id });
}

function copyMessage(room: Room): void {
  const { draft } = room.desk;
  if (draft !== null) void draft.copy();
  else if (room.message !== null) void room.copy({ kind: "message", id: room.message.id });
}
