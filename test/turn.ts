import { setImmediate } from "node:timers/promises";

/**
 * Lets the runner have a turn, so that it can stop a test whose time is up. A test that never waits for anything is not stopped by its
 * `timeout`, however long it takes.
 */
export const turn = (): Promise<void> => setImmediate();
