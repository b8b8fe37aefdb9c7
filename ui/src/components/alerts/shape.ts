// The shape of a verdict. Owns: which kinds have one. Must not know: what they mean.
const SHAPES = ["go", "hold", "roll_back", "blind", "not_watched", "rolling_back", "rolled_back"] as const;

/** The mark of a verdict of this kind; of what is not known here, the bare ring. */
export function shapeOf(kind: string): (typeof SHAPES)[number] {
  return SHAPES.find((one) => one === kind) ?? "not_watched";
}
