// What a person can do in the window, by key, by palette or by mouse: one closed list. Owns: the list. Must not know:
// which key does what, nor how it is done.

export type Command =
  | { command: "open_palette" }
  | { command: "choose_checklist" }
  | { command: "open_recent"; id: string }
  | { command: "enter" }
  | { command: "leave" }
  | { command: "back" }
  | { command: "look"; phase: string }
  | { command: "next_phase" }
  | { command: "previous_phase" }
  | { command: "show_page"; page: string }
  | { command: "next_box" }
  | { command: "previous_box" }
  | { command: "search" }
  | { command: "toggle_drawer" }
  | { command: "switch_theme" }
  | { command: "copy_message" }
  | { command: "next_message" }
  | { command: "previous_message" };

/** Where the keyboard should go next; a new object each time, so that the same place can be asked for twice. */
export type FocusRequest =
  | { on: "item"; id: string }
  | { on: "phase"; id: string }
  | { on: "message"; id: string }
  | { on: "title" }
  | { on: "search" };
