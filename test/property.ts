/**
 * Property tests with the same examples in every run, so that a test fails where the code has changed and not by chance. Other
 * examples: `SYNCREADY_SEED=1 npm test`.
 */
import fc from "fast-check";

fc.configureGlobal({ includeErrorInReport: true, seed: Number(process.env.SYNCREADY_SEED ?? 20261125) });

export default fc;
