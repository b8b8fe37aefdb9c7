// The answer about T0 while it is typed.
import { expect, test } from "vitest";
import type { Intent } from "../src/ipc";
import { Proposal } from "../src/room/proposal.svelte";

test("at most one question is under way, and the last answer wins", async () => {
  const asked: Intent[] = [];
  const waiting: (() => void)[] = [];
  const proposal = new Proposal("", "UTC", (intent) => {
    asked.push(intent);
    return new Promise((resolve) => waiting.push(resolve));
  });
  const settle = async (): Promise<void> => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  for (const text of ["2", "20", "202"]) proposal.typeStart(text);
  expect(asked).toEqual([{ kind: "propose_start", start: "2", zone: "UTC" }]);
  await settle();
  expect(asked.at(-1)).toEqual({ kind: "propose_start", start: "202", zone: "UTC" });
  expect(asked).toHaveLength(2);
  await settle();
  expect(asked).toHaveLength(2);
  proposal.typeZone("Asia/Tokyo");
  expect(asked.at(-1)).toEqual({ kind: "propose_start", start: "202", zone: "Asia/Tokyo" });
});

test("a refusal is kept until an answer is taken", async () => {
  const problem = { code: "bad_start", message: "No.", detail: null } as const;
  let refuse = true;
  const proposal = new Proposal("", "", async () => {
    await Promise.resolve();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem is what crosses the door
    if (refuse) throw problem;
  });
  proposal.typeStart("x");
  await new Promise((resolve) => setTimeout(resolve));
  expect(proposal.refusal).toEqual(problem);
  refuse = false;
  proposal.typeStart("y");
  await new Promise((resolve) => setTimeout(resolve));
  expect(proposal.refusal).toBeNull();
});
