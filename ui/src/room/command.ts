// What a person can do in the window, by key, by palette or by mouse: one closed list. Owns: the list. Must not know:
// which key does what, nor how it is done.

import type { ExportKind, PastLook } from "../ipc";

/** What can be asked in a box's row: which answer, what was seen or fills its blanks, why, or which of the other ways it is settled. */
export type RowForm = "answers" | "saw" | "defer" | "override" | "not_applicable" | "evidence" | "more";

/** What can be asked in a contact's card. */
export type ContactForm = "edit" | "answered" | "unanswered";

/** Names a place of the way back where something is asked: how a step went, why another way is taken, whether somebody was
    told. */
export function askedKey(of: "step" | "way" | "told", id: string): string {
  return `${of} ${id}`;
}

/** What stands open over the room beside the page: who acts, how it ended, why it opens again, what
    the checklist says now, what passes a gate, what speaks against go-live and success, the two signatures of a handoff, what a command is before it is armed, and what the way back asks before it begins, ends or is given up. */
export type Panel =
  | "people"
  | "close"
  | "reopen"
  | "reread"
  | "gate"
  | "go_back"
  | "arm"
  | "roll_back"
  | "stand_down"
  | "declare"
  | "attempt"
  | "go_live"
  | "success"
  | "hand_over"
  | "take_over";

/** Whether it holds the keyboard until it is answered or closed. */
export function isDialog(panel: Panel): boolean {
  return (
    panel === "gate" ||
    panel === "go_back" ||
    panel === "arm" ||
    panel === "reread" ||
    panel === "roll_back" ||
    panel === "stand_down" ||
    panel === "declare" ||
    panel === "attempt" ||
    panel === "go_live" ||
    panel === "success" ||
    panel === "hand_over" ||
    panel === "take_over"
  );
}

export type Command =
  | { command: "open_palette" }
  | { command: "choose_checklist" }
  | { command: "open_recent"; id: string }
  | { command: "enter_room"; id: string }
  | { command: "open_example" }
  | { command: "start_drill"; scenario: string; over: string }
  | { command: "set_drill_speed"; speed: number }
  | { command: "end_drill" }
  | { command: "skip_in_drill" }
  | { command: "enter" }
  | { command: "leave" }
  | { command: "back" }
  | { command: "look"; phase: string }
  | { command: "next_phase" }
  | { command: "previous_phase" }
  | { command: "show_page"; page: string }
  | { command: "next_box" }
  | { command: "previous_box" }
  | { command: "tick"; item: string }
  | { command: "answer"; item: string; answer: string }
  | { command: "ask_in_row"; item: string; form: RowForm }
  | { command: "undo_item"; item: string }
  | { command: "attach_file"; item: string }
  | { command: "state_step"; step: string }
  | { command: "copy_step"; step: string }
  | { command: "other_way"; way: number }
  | { command: "confirm_phase" }
  | { command: "undo" }
  | { command: "toggle_done" }
  | { command: "open_panel"; panel: Panel }
  | { command: "give_up"; reason: string }
  | { command: "rehearse"; way: number }
  | { command: "choose_person"; initials: string }
  | { command: "acknowledge"; alert: string }
  | { command: "acknowledge_all" }
  | { command: "silence"; alert: string }
  | { command: "lift_silence"; alert: string }
  | { command: "escalate"; alert: string }
  | { command: "history"; alert: string }
  | { command: "by_hand"; item: string }
  | { command: "note" }
  | { command: "search" }
  | { command: "show_check"; line: number; from: FocusRequest }
  | { command: "ask_start" }
  | { command: "next_finding" }
  | { command: "previous_finding" }
  | { command: "next_line" }
  | { command: "previous_line" }
  | { command: "use_line" }
  | { command: "copy_report" }
  | { command: "copy_status" }
  | { command: "copy_handoff" }
  | { command: "export"; export: ExportKind }
  | { command: "withdraw_handover" }
  | { command: "show_event"; event: number }
  | { command: "show_item"; item: string; phase: string }
  | { command: "correct"; event: number }
  | { command: "look_back"; look: PastLook }
  | { command: "next_event" }
  | { command: "previous_event" }
  | { command: "next_minute" }
  | { command: "previous_minute" }
  | { command: "toggle_drawer" }
  | { command: "show_vitals_over"; hours: number }
  | { command: "switch_theme" }
  | { command: "copy_message" }
  | { command: "next_message" }
  | { command: "previous_message" }
  | { command: "fill_blank" }
  | { command: "keep_draft" }
  | { command: "open_in_mail" }
  | { command: "new_notice" }
  | { command: "next_contact" }
  | { command: "previous_contact" }
  | { command: "call"; contact: string }
  | { command: "answered"; contact: string }
  | { command: "unanswered"; contact: string }
  | { command: "next_signal" }
  | { command: "previous_signal" }
  | { command: "arm"; signal: string }
  | { command: "accept_proposal"; proposal: string }
  | { command: "drop_proposal"; proposal: string }
  | { command: "copy_settings" }
  | { command: "next_what_if" }
  | { command: "previous_what_if" }
  | { command: "take_what_if" }
  | { command: "other_what_if" }
  | { command: "another_end" }
  | { command: "window_notice" }
  | { command: "do_round" }
  | { command: "next_round" }
  | { command: "previous_round" }
  | { command: "say_why" }
  | { command: "hourly_update" }
  | { command: "closing_words" }
  | { command: "lesson" };

/** Commands that only move or show: a key that is held down may repeat them. All others are done once a press. */
export function mayRepeat({ command }: Command): boolean {
  return command.startsWith("next_") || command.startsWith("previous_");
}

/** Where the keyboard should go next; a new object each time, so that the same place can be asked for twice. */
export type FocusRequest =
  | { on: "item"; id: string }
  | { on: "phase"; id: string }
  | { on: "entry"; id: string }
  | { on: "contact"; id: string }
  | { on: "signal"; id: string }
  | { on: "what_if"; id: string }
  | { on: "asked"; key: string }
  | { on: "blank" }
  | { on: "note" }
  | { on: "title" }
  | { on: "start" }
  | { on: "check" }
  | { on: "finding" }
  | { on: "source" }
  | { on: "line"; line: number }
  | { on: "search" };
