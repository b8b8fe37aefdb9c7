// What is being done to boxes. Owns: how what Space does is asked for. Must not know: what an act does to a box; the row changes when
// Rust's view does.
import type { ItemView } from "../ipc";
import type { RowForm } from "./command";
import { Questions } from "./questions.svelte";

export class Boxes extends Questions<RowForm> {
  /** Space, or a click on the mark: what that does Rust says. */
  tick({ id, space }: ItemView): void {
    switch (space.act) {
      case "enter_gate":
        void this.act(id, { act: "enter_gate", gate: space.gate });
        break;
      case "confirm":
        void this.act(id, { act: "confirm", item: id });
        break;
      case "undo":
        void this.act(id, { act: "undo", item: id });
        break;
      case "ask":
        this.ask(id, "saw");
        break;
      default:
        void this.act(id, { act: "state", item: id, saw: "" });
    }
  }
}
