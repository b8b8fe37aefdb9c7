// The house rules of the window, as far as a linter can hold them. A ban carries its reason.
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import typescript from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const door = { group: ["@tauri-apps/*"], message: "Only src/ipc talks to Tauri." };
const domains = ["alerts", "day", "gate", "vitals", "rollback", "drill", "messages", "people", "log", "check"];

/** What may not be imported from `files`, beside Tauri. */
function direction(files, patterns) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns: [door, ...patterns] }] } };
}

const right = (names) => ({
  group: names.flatMap((name) => [`**/${name}`, `**/${name}/**`]),
  message: "Imports point left along ipc, room, components, views, App.",
});

export default typescript.config(
  { ignores: ["dist", "node_modules", "src/ipc/bindings.ts"] },
  js.configs.recommended,
  ...typescript.configs.strictTypeChecked,
  ...typescript.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "svelte.config.js"] },
        extraFileExtensions: [".svelte"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
  },
  { files: ["*.js"], extends: [typescript.configs.disableTypeChecked] },
  {
    files: ["src/**"],
    rules: {
      "svelte/no-at-html-tags": "error",
      // Lines and cells of a text have no identity of their own, and every section comes whole.
      "svelte/require-each-key": "off",
      "no-restricted-globals": [
        "error",
        ...["setTimeout", "setInterval", "requestAnimationFrame", "requestIdleCallback"].map((name) => ({
          name,
          message: "The window has no timer: Rust keeps every deadline.",
        })),
        ...["Date", "performance"].map((name) => ({ name, message: "The window reads no clock: times come as text." })),
        ...["localStorage", "sessionStorage", "indexedDB"].map((name) => ({
          name,
          message: "The window keeps nothing: settings are Rust's.",
        })),
      ],
    },
  },
  direction(["src/room/**"], [right(["components", "views", "App.svelte"])]),
  ...domains.map((domain) =>
    direction(
      [`src/components/${domain}/**`],
      [
        right(["views", "App.svelte"]),
        {
          group: domains.filter((other) => other !== domain).map((other) => `**/${other}/**`),
          message: "Components of one domain do not know those of another.",
        },
      ],
    ),
  ),
  direction(
    ["src/components/shared/**"],
    [
      right(["views", "App.svelte"]),
      { group: domains.map((other) => `**/${other}/**`), message: "Shared knows no domain." },
    ],
  ),
  direction(["src/views/**"], [right(["App.svelte"])]),
);
