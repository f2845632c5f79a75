import type { Fix } from "../engine/rule.ts";

/** Whether an address may go, only a person can know: mail may still arrive there. */
export function removeAddress(): Fix {
  return { title: "Remove this address", safety: "review", deterministic: false, newValue: undefined };
}
