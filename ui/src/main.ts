// Starts the window: connects, subscribes, draws.
import { mount } from "svelte";
import App from "./App.svelte";
import { connect } from "./ipc";
import { Room } from "./room/room.svelte";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

const target = document.getElementById("app");
const connection = await connect();
if (target !== null && connection !== null) {
  const room = new Room(connection);
  mount(App, { target, props: { room } });
  await room.subscribe();
} else if (target !== null) {
  target.textContent = "This page is the window of War Room. It does nothing in a browser.";
}
