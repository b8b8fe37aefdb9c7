// What is being done to boxes. Owns: how what Space does is asked for. Must not know: what an act does to a box; the row changes when
// Rust's view does.
import type { ItemView } from "../ipc";
import type { RowForm } from "./command";
import { Questions } from "./questions.svelte";

export class Boxes extends Questions<RowForm> {
  /** The answer that was chosen where blanks are still to be filled; empty for none. */
  #picked = $state.raw("");

  get picked(): string {
    return this.#picked;
  }

  override ask(key: string, form: RowForm): void {
    this.#picked = "";
    super.ask(key, form);
  }

  /** One of the answers of a choice; where the box has blanks, they are asked for with it. */
  answer({ id, fields }: ItemView, answer: string): void {
    if (fields.length === 0) {
      void this.act(id, { act: "answer", item: id, answer, values: [] });
    } else {
      this.ask(id, "saw");
      this.#picked = answer;
    }
  }

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
      case "answer":
        this.ask(id, "answers");
        break;
      case "ask":
        this.ask(id, "saw");
        break;
      default:
        void this.act(id, { act: "state", item: id, saw: "" });
    }
  }
}
