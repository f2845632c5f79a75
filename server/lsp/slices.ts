/** So long a check may keep everything else waiting. */
const SLICE_MS = 25;

/** Runs to the end with pauses, in which others have their turn. `undefined` where it was given up because nobody wants it any more. */
export async function inSlices<Answer>(
  steps: Generator<undefined, Answer>,
  isWanted: () => boolean = () => true,
): Promise<Answer | undefined> {
  let pause = Date.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (Date.now() < pause) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (!isWanted()) return undefined;
    pause = Date.now() + SLICE_MS;
  }
}
