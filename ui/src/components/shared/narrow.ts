// Whether the window has the small grid of its own; the same border as in tokens.css.
import { MediaQuery } from "svelte/reactivity";

export const narrow = new MediaQuery("max-width: 1279px");
