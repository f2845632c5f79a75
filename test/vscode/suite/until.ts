interface Patience {
  readonly ms?: number;
}

/**
 * Asks `condition` again and again until it answers something, and gives that back. `what` completes "waited for".
 * A refusal counts as "not yet" when VS Code cancelled the question, as it does while other extensions are registering.
 */
export async function until<T>(
  what: string,
  condition: () => T | Thenable<T>,
  { ms = 20_000 }: Patience = {},
): Promise<Exclude<T, undefined | false>> {
  const start = Date.now();
  for (;;) {
    const answer = await notCancelled(condition);
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() - start > ms) throw new Error(`waited ${ms / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function notCancelled<T>(condition: () => T | Thenable<T>): Promise<T | undefined> {
  try {
    return await condition();
  } catch (error) {
    if (error instanceof Error && error.name === "Canceled") return undefined;
    throw error;
  }
}
