// How the fake takes an answer. Owns: what becomes of a box that was answered. Its refusals are shorter than Rust's.
import type { Act, ItemView } from "../bindings";

type Values = Extract<Act, { act: "answer" }>["values"];

/** What changes in the box, or why nothing does. */
export function answered(
  item: ItemView,
  answer: string,
  values: Values,
): Pick<ItemView, "state" | "words" | "answers" | "fields"> | string {
  const given = item.answers.find(({ words }) => words === answer);
  if (item.answers.length > 0 && given === undefined)
    return `This check asks for one of its answers: ${item.answers.map(({ words }) => words).join(", ")}.`;
  if (given?.chosen === true) return "It is answered so already.";
  const empty = item.fields.filter((_, index) => (values[index]?.[1] ?? "").trim() === "");
  if (empty.length > 0)
    return `Nothing stands in ${empty.map(({ label }) => `“${label}”`).join(" and in ")}: fill it in first.`;
  const fields = item.fields.map((field, index) => ({ ...field, value: values[index]?.[1].trim() ?? "" }));
  const filled = fields.map(({ label, value }) => (fields.length === 1 ? value : `${label}: ${value}`)).join(" · ");
  const no = { no_go: ": nobody goes on before it is lifted", not_met: ": not done" }[given?.means ?? ""];
  return {
    state: no !== undefined ? "answered_no" : given?.means === "not_applicable" ? "not_applicable" : "stated",
    words: no !== undefined ? `${answer}${no}` : filled,
    answers: item.answers.map((one) => ({ ...one, chosen: one.words === answer })),
    fields,
  };
}

/** What is wrong with a reason. */
export function missing(reason: string): string | null {
  return reason.trim() === "" ? "Say why first." : null;
}
