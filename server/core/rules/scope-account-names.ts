import { defineRule, type Example, type Rule } from "../engine/rule.ts";
import type { ObjectType } from "../model/object-type.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

const ACCOUNTS: readonly ObjectType[] = ["user", "inetOrgPerson"];

interface Row {
  readonly id: string;
  readonly title: string;
  readonly attribute: string;
  readonly objectTypes?: readonly ObjectType[];
  /** Of the lower-case value. Synchronization rules compare text without regard to case. */
  readonly isExcluded: (name: string) => boolean;
  readonly who: string;
  readonly why: string;
  readonly examples: readonly Example[];
}

const ROWS: readonly Row[] = [
  {
    id: "scope-samaccountname-support-account",
    title: "The account is SUPPORT_388945a0",
    attribute: "sAMAccountName",
    isExcluded: (name) => name === "support_388945a0",
    who: "the remote assistance account of Windows",
    why: `Old versions of Windows create SUPPORT_388945a0 for remote assistance. Only this very name is left out: other
names that begin with SUPPORT_ synchronize.`,
    examples: [
      { bad: "sAMAccountName: «SUPPORT_388945a0»" },
      { good: "sAMAccountName: SUPPORT_388945a1" },
      { good: "sAMAccountName: SUPPORT_" },
    ],
  },
  {
    id: "scope-samaccountname-msol-prefix",
    title: "The account name begins with MSOL_",
    attribute: "sAMAccountName",
    isExcluded: (name) => name.startsWith("msol_"),
    who: "an account of the synchronization tool itself",
    why: `Connect Sync makes service accounts for itself whose names begin with MSOL_, and leaves every account out that is
called so. The support article names MSOL_AD_Sync only; the synchronization rule looks at the first five characters.

If the account belongs to a person, change its sAMAccountName.`,
    examples: [
      { bad: "sAMAccountName: «MSOL_AD_Sync»" },
      { bad: "objectClass: inetOrgPerson\nsAMAccountName:: «TVNPTF94»" },
      { good: "sAMAccountName: MSOLadmin" },
      { good: "sAMAccountName: svcMSOL_" },
    ],
  },
  {
    id: "scope-samaccountname-aad-prefix",
    title: "The account name begins with AAD_",
    attribute: "sAMAccountName",
    isExcluded: (name) => name.startsWith("aad_"),
    who: "an account of the synchronization tool itself",
    why: `Connect Sync makes service accounts for itself whose names begin with AAD_, and leaves every account out that is
called so. If the account belongs to a person, change its sAMAccountName.`,
    examples: [
      { bad: "sAMAccountName: «AAD_1a2b3c4d5e6f»" },
      { good: "sAMAccountName: AADmin" },
      { good: "sAMAccountName: svc_AAD_" },
    ],
  },
  {
    id: "scope-group-msol-rich-coexistence",
    title: "The group is MSOL_AD_Sync_RichCoexistence",
    attribute: "sAMAccountName",
    objectTypes: ["group"],
    isExcluded: (name) => name === "msol_ad_sync_richcoexistence",
    who: "the group of an older synchronization tool",
    why: `The predecessor of Connect Sync made a group called MSOL_AD_Sync_RichCoexistence for itself. Only this very name is left
out: other groups whose names begin with MSOL_ synchronize.`,
    examples: [
      { bad: "sAMAccountName: «MSOL_AD_Sync_RichCoexistence»" },
      { good: "sAMAccountName: MSOL_Team\ngroupType: -2147483646" },
    ],
  },
  {
    id: "scope-samaccountname-cas-mailbox",
    title: "The account is a test mailbox of Exchange (sAMAccountName)",
    attribute: "sAMAccountName",
    isExcluded: isCasMailbox,
    who: "a test mailbox of Exchange",
    why: `Exchange names its test mailboxes CAS_{...}. An account whose sAMAccountName begins with CAS_ and contains "}" is
left out. Without the brace it synchronizes.`,
    examples: [
      { bad: "sAMAccountName: «CAS_{fe35fc98e69e4d}»" },
      { good: "sAMAccountName: CAS_Miller" },
      { good: "sAMAccountName: CASTRO}" },
    ],
  },
  {
    id: "scope-mailnickname-cas-mailbox",
    title: "The alias is that of a test mailbox of Exchange",
    attribute: "mailNickname",
    objectTypes: [...ACCOUNTS, "contact"],
    isExcluded: isCasMailbox,
    who: "a test mailbox of Exchange",
    why: `Exchange names its test mailboxes CAS_{...}. A user or contact whose mailNickname begins with CAS_ and contains "}"
is left out. If it is a person's, change the mailNickname.`,
    examples: [
      { bad: "mailNickname: «CAS_{abc}»" },
      { bad: "objectClass: contact\nmail: partner@fabrikam.com\nmailNickname: «CAS_}»" },
      { good: "mailNickname: CAS_abc" },
    ],
  },
  {
    id: "scope-mailnickname-systemmailbox",
    title: "The alias is that of a system mailbox of Exchange",
    attribute: "mailNickname",
    isExcluded: (name) => name.startsWith("systemmailbox{"),
    who: "a system mailbox of Exchange",
    why: `The aliases of Exchange's system mailboxes begin with "SystemMailbox{". The brace belongs to the test: the support
article does not print it, the synchronization rule does. If it is a person's, change the mailNickname.`,
    examples: [
      { bad: "mailNickname: «SystemMailbox{1f05a927-89c0-4725-adca-4527114196a1}»" },
      { bad: "mailNickname: «systemmailbox{x}»" },
      { good: "mailNickname: SystemMailboxTeam" },
      { good: "mailNickname: MySystemMailbox{x}" },
    ],
  },
];

function isCasMailbox(name: string): boolean {
  return name.startsWith("cas_") && name.includes("}");
}

/** Accounts and groups that Connect Sync leaves out by their name. Nothing of the kind is documented for Cloud Sync. */
export const ACCOUNT_NAME_RULES: readonly Rule[] = ROWS.map((row) =>
  defineRule({
    id: row.id,
    title: row.title,
    severity: "information",
    effect: "excluded",
    byDesign: true,
    message: `Connect Sync takes this object for ${row.who} and leaves it out, by design`,
    why: row.why,
    sources: [SCOPING_ARTICLE, DEFAULT_CONFIGURATION, RULE_EXPORT],
    objectTypes: row.objectTypes ?? ACCOUNTS,
    attributes: [row.attribute],
    profiles: ["connect"],
    checkValue({ value }, report) {
      if (row.isExcluded(value.text.toLowerCase())) report({ value });
    },
    examples: row.examples,
  }),
);
