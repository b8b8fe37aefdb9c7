// Carries a command out: the one place where keys, palette and buttons meet. Must not know: which of them it was.
import type { Command } from "./command";
import type { Room } from "./room.svelte";

/** Does what was asked for; `enter` is the opening screen's own, which knows what was typed. */
export function perform(room: Room, command: Exclude<Command, { command: "enter" }>): void {
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
    case "search":
      room.search();
      break;
    case "toggle_drawer":
      room.setDrawer(!room.drawer);
      break;
    case "switch_theme":
      room.switchTheme();
      break;
    case "copy_message":
      if (room.message !== null) void room.copy({ kind: "message", id: room.message.id });
      break;
    case "next_message":
      room.stepMessage(1);
      break;
    case "previous_message":
      room.stepMessage(-1);
      break;
  }
}
