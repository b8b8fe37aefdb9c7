// Hands the room to every component below App.
import { createContext } from "svelte";
import type { Room } from "./room.svelte";

export const [useRoom, provideRoom] = createContext<Room>();
