// A dialog closes itself and no other. Owns: that. Must not know: what is asked.
import { untrack } from "svelte";
import type { Room } from "../../room/room.svelte";

/** Closes the dialog that calls this as it is made. What it asked for may be seen before its answer comes, and another
    dialog may stand there by then. */
export function closesOwn(room: Room): () => void {
  const own = untrack(() => room.panel);
  return () => {
    if (room.panel === own) room.setPanel(null);
  };
}
