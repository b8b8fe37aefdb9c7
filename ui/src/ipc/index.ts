// What the rest of the window may know of IPC: the types, and how to get a connection.
import type { Connection } from "./connection";
import { isTauri, TauriConnection } from "./tauri";

export type * from "./bindings";
export type { Connection } from "./connection";
export { asProblem } from "./connection";

/** The connection to the program; in `vite dev` without it, the fake. `null` in a browser that has neither. */
export async function connect(): Promise<Connection | null> {
  if (isTauri()) return new TauriConnection();
  if (import.meta.env.DEV) {
    const { FakeConnection } = await import("./fake");
    return FakeConnection.fromAddress(window.location.hash);
  }
  return null;
}
