import { defineRule, type Rule } from "../engine/rule.ts";
import type { Profile } from "../engine/settings.ts";
import type { Entry } from "../model/entry.ts";
import { CLOUD_SYNC_PREREQUISITES, DEFAULT_CONFIGURATION } from "./sources.ts";

const ROWS: readonly {
  readonly id: string;
  readonly profile: Profile;
  readonly tool: string;
  /** The least number of members that is too many. */
  readonly tooMany: number;
  readonly source: string;
}[] = [
  {
    id: "scope-group-over-250000-members",
    profile: "connect",
    tool: "Connect Sync",
    tooMany: 250_000,
    source: DEFAULT_CONFIGURATION,
  },
  {
    id: "scope-group-over-50000-members-cloud-sync",
    profile: "cloudSync",
    tool: "Cloud Sync",
    tooMany: 50_001,
    source: CLOUD_SYNC_PREREQUISITES,
  },
];

export const GROUP_MEMBERS_RULES: readonly Rule[] = ROWS.map(({ id, profile, tool, tooMany, source }) =>
  defineRule({
    id,
    title: `The group has more members than ${tool} takes`,
    severity: "error",
    effect: "excluded",
    message: `The group has {count} direct members: ${tool} takes at most ${tooMany - 1} and leaves it out`,
    why: `${tool} synchronizes groups with at most ${tooMany - 1} direct members. A larger group is left out; one that grows beyond the
limit stops being updated. Split the group, for example into groups that are its members.

An export in which the members stand as \`member;range=0-1499\` shows only a part of them: the count is then too low.`,
    sources: [source],
    objectTypes: ["group"],
    attributes: ["member"],
    profiles: [profile],
    countsOnly: true,
    checkEntry({ entry }, report) {
      const count = memberCount(entry);
      const [value] = entry.values("member");
      if (value !== undefined && count >= tooMany) report({ value }, { count: `${count}` });
    },
    examples: [
      {
        bad: `sAMAccountName: Team\nmember;range=${tooMany - 1500}-${tooMany - 1}: «CN=John,DC=contoso,DC=com»`,
        settings: { profile },
      },
      {
        good: `sAMAccountName: Team\nmember;range=${tooMany - 1500}-${tooMany - 2}: CN=John,DC=contoso,DC=com`,
        settings: { profile },
      },
    ],
  }),
);

/** How many members the export shows; the end of a range tells of those before it. */
function memberCount(entry: Entry): number {
  const values = entry.values("member");
  const ends = values.map(({ description }) => Number(/;range=\d+-(\d+)/i.exec(description)?.[1] ?? -1));
  return Math.max(values.length, ends.reduce((one, other) => Math.max(one, other), -1) + 1);
}
