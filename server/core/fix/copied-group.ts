import { UNCERTAIN } from "../formats/index.ts";
import { LdifEntry } from "../ldif/record.ts";
import { LdpEntry } from "../ldp/record.ts";
import { isRange } from "../model/attribute-type.ts";
import { commonName } from "../model/common-name.ts";
import { domainDn, isDn, parentDn } from "../model/dn.ts";
import { type GroupScope, groupScope } from "../model/group.ts";
import { sidText } from "../model/sid.ts";
import type { EntryRecord } from "../model/source-record.ts";
import { lostTypes } from "./certainty.ts";
import { whyUnnamed } from "./unnamed.ts";

/** What must be known of a built-in group for a copy of it. */
export interface CopiedGroup {
  readonly record: EntryRecord;
  readonly cn: string;
  readonly accountName: string;
  readonly domain: string;
  readonly container: string;
  readonly scope: GroupScope;
  /** What primaryGroupID of its members says; `undefined` where that is not known, or it is no group of the domain's accounts. */
  readonly rid: string | undefined;
}

/** Groups to which accounts belong by their primaryGroupID from the beginning, by their relative identifiers (MS-DTYP 2.4.2.4). */
const PRIMARY_GROUPS: ReadonlyMap<string, string> = new Map([
  ["domain users", "513"],
  ["domain guests", "514"],
  ["domain computers", "515"],
  ["domain controllers", "516"],
  ["read-only domain controllers", "521"],
]);

/** Whether accounts belong to a group by their primaryGroupID, unless somebody has changed that. */
export function isPrimaryGroup({ rid }: CopiedGroup): boolean {
  return rid !== undefined && [...PRIMARY_GROUPS.values()].includes(rid);
}

/** A group of which a copy can be made, or why none can, as the end of a sentence that begins with the group. */
export function copiedGroup(record: EntryRecord): CopiedGroup | string {
  const dn = record.dn.text;
  const [cn, domain, scope] = [commonName(record), domainDn(dn), groupScope(record)];
  const accountName = record.values("sAMAccountName")[0]?.text.trim() || cn;
  if (!isBuiltInGroup(record)) return "is no group that stays out of synchronization as a critical system object";
  const unread = whyUnread(record);
  if (unread !== undefined) return unread;
  if (cn === undefined || accountName === undefined || domain === "") return "is not named as a group of a domain is";
  if (scope === undefined) return "has no groupType in the export, so its scope is not known: export groupType, too";
  const rid = ridOf(record, accountName);
  return { record, cn, accountName, domain, container: parentDn(dn), scope, rid };
}

/** Whether an entry is a group that stays out of synchronization for being a part of the directory itself. */
export function isBuiltInGroup(record: EntryRecord): boolean {
  const [value] = record.values("isCriticalSystemObject");
  return record.objectType === "group" && value?.text.trim().toUpperCase() === "TRUE";
}

/** Why nobody can say which members the group has. */
function whyUnread(record: EntryRecord): string | undefined {
  if (record instanceof LdpEntry) return "is in a copy of ldp's details pane, which shows no other object";
  const unnamed = whyUnnamed(record);
  if (unnamed !== undefined || record.dn.binary || !isDn(record.dn.text)) return "has no DN in the export";
  const broken = record.problems.find(({ id }) => UNCERTAIN.has(id));
  if (broken !== undefined) return `cannot be read with certainty (${broken.id})`;
  const members = record.values("member");
  const range = members.find(({ description }) => isRange(description));
  if (range !== undefined) return `shows only a part of its members (${range.description}): export all of them`;
  const isLost = lostTypes(record).includes("member");
  const isElsewhere =
    record instanceof LdifEntry && record.lines.some(({ type, valueSpec }) => type === "member" && valueSpec === "url");
  const isUnread = isLost || isElsewhere || members.some(({ binary, text }) => binary || !isDn(text));
  return isUnread ? "has members that cannot be read" : undefined;
}

/** The relative identifier of a group of the domain's; where the export has no objectSid, that which its English name tells. */
function ridOf(record: EntryRecord, accountName: string): string | undefined {
  const [value] = record.values("objectSid");
  const sid = value && sidText(value);
  if (sid === undefined) return PRIMARY_GROUPS.get(accountName.toLowerCase());
  return /^S-1-5-21-.*-(\d+)$/.exec(sid)?.[1];
}
