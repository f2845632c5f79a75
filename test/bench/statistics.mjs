// Figures of several runs.

const ascending = (numbers) => numbers.toSorted((one, other) => one - other);

/** The middle one, or the mean of the two in the middle. */
export function median(numbers) {
  const sorted = ascending(numbers);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

/** The smallest number that so large a share (0 to 1) of the numbers does not exceed. */
export function percentile(numbers, share) {
  const sorted = ascending(numbers);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
