/** Rejects as soon as the signal says so, also while the file system keeps the work waiting. */
export async function untilAborted<Answer>(signal: AbortSignal | undefined, work: Promise<Answer>): Promise<Answer> {
  if (signal === undefined) return work;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
