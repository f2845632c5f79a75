import { defineRule, type Rule } from "../engine/rule.ts";
import type { AttributeValue } from "../model/entry.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

/**
 * The recipient types whose mailboxes belong to Exchange itself. Numbers and names are Exchange's; the article about the default
 * configuration calls 0x400000 and 0x800000 groups, which by Exchange's own numbers they are not.
 */
const SYSTEM_MAILBOXES: readonly (readonly [bit: bigint, name: string])[] = [
  [0x1000n, "public folder"],
  [0x2000n, "system attendant mailbox"],
  [0x4000n, "system mailbox"],
  [0x400000n, "Microsoft Exchange recipient"],
  [0x800000n, "arbitration mailbox"],
  [0x1000000n, "mailbox plan"],
  [0x20000000n, "discovery mailbox"],
];

const ROLE_GROUP = 0x40000000n;

const attributes = ["msExchRecipientTypeDetails"];

/** The number of a value; it may take more than 32 bits (a remote mailbox is 0x80000000). */
function bits({ text }: AttributeValue): bigint {
  return /^\s*\d{1,20}\s*$/.test(text) ? BigInt(text.trim()) : 0n;
}

export const RECIPIENT_TYPE_RULES: readonly Rule[] = [
  defineRule({
    id: "scope-recipient-type-system-mailbox",
    title: "The mailbox belongs to Exchange itself",
    severity: "information",
    effect: "excluded",
    byDesign: true,
    message: "msExchRecipientTypeDetails says that this is a {type}: Connect Sync leaves it out, by design",
    why: `msExchRecipientTypeDetails tells what kind of recipient Exchange takes an object for. Connect Sync leaves out those that
Exchange has made for itself: system, arbitration, discovery and public folder mailboxes (the bits of 0x21C07000).

There is nothing to do. Never change the attribute by hand.`,
    sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
    objectTypes: ["user", "inetOrgPerson"],
    attributes,
    profiles: ["connect"],
    readsLetters: true,
    checkValue({ value }, report) {
      const type = SYSTEM_MAILBOXES.find(([bit]) => (bits(value) & bit) !== 0n);
      if (type !== undefined) report({ value }, { type: type[1] });
    },
    examples: [
      { bad: "sAMAccountName: jdoe\nmsExchRecipientTypeDetails: «8388608»" },
      { good: "sAMAccountName: jdoe\nmsExchRecipientTypeDetails: 1" },
      { good: "sAMAccountName: jdoe\nmsExchRecipientTypeDetails: 2147483648" },
    ],
  }),
  defineRule({
    id: "scope-recipient-type-role-group",
    title: "The group is a role group of Exchange",
    severity: "information",
    effect: "excluded",
    byDesign: true,
    message:
      "msExchRecipientTypeDetails says that this is a role group of Exchange: Connect Sync leaves it out, by design",
    why: `Exchange gives its administrators their permissions through role groups (bit 0x40000000 of msExchRecipientTypeDetails).
Connect Sync leaves them out. There is nothing to do.`,
    sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
    objectTypes: ["group"],
    attributes,
    profiles: ["connect"],
    readsLetters: true,
    checkValue({ value }, report) {
      if ((bits(value) & ROLE_GROUP) !== 0n) report({ value });
    },
    examples: [
      { bad: "sAMAccountName: Team\ngroupType: -2147483640\nmsExchRecipientTypeDetails: «1073741824»" },
      {
        good: "sAMAccountName: Team\ngroupType: -2147483640\nmail: team@contoso.com\nmsExchRecipientTypeDetails: 1024",
      },
    ],
  }),
  defineRule({
    id: "scope-linked-mailbox-waits-for-account",
    title: "A linked mailbox waits for its account",
    severity: "warning",
    effect: "excluded",
    message:
      "This is a linked mailbox: Connect Sync leaves it out until the account of another forest that it belongs to synchronizes",
    why: `The mailbox of an account in another forest (msExchRecipientTypeDetails = 2) has no source anchor of its own. It is exported
only together with its master account (msExchMasterAccountSid), once that forest is synchronized too. Where there is only one
forest, it never synchronizes.

If the other forest is gone, turn the mailbox into a user mailbox with Exchange's tools (KB 3066176). Do not write the number by
hand.`,
    sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
    objectTypes: ["user", "inetOrgPerson"],
    attributes,
    profiles: ["connect"],
    readsLetters: true,
    checkValue({ value }, report) {
      if (bits(value) === 2n) report({ value });
    },
    examples: [
      { bad: "sAMAccountName: jdoe\nmsExchRecipientTypeDetails: «2»" },
      { good: "sAMAccountName: jdoe\nmsExchRecipientTypeDetails: 1" },
    ],
  }),
];
