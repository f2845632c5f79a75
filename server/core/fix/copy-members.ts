import type { Checker } from "../engine/checker.ts";
import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import { groupScope } from "../model/group.ts";
import { detachText } from "../model/source-record.ts";
import type { CopiedGroup } from "./copied-group.ts";
import type { CopyNote } from "./synchronizing-copy.ts";

/** A member of a built-in group, and what the exports show of it. */
interface Member {
  readonly dn: string;
  isShown: boolean;
  isExcluded: boolean;
  /** The export lacks an attribute without which some rule cannot tell whether it stays out. */
  isUncertain: boolean;
  kind: "any" | "computer" | "domainLocal" | "foreign" | "unknown";
}

/** The place of those that stand for accounts of other forests. */
const FOREIGN = /^cn=s-1-[\d-]+,cn=foreignsecurityprincipals,/;

/** The members of a built-in group, and which of them a copy takes over. */
export class CopyMembers {
  readonly #members = new Map<string, Member>();

  constructor({ record }: CopiedGroup) {
    for (const { text } of record.values("member")) {
      const key = dnKey(text);
      if (text === "" || this.#members.has(key)) continue;
      this.#members.set(key, newMember(detachText(text), key));
    }
  }

  get all(): readonly Member[] {
    return [...this.#members.values()];
  }

  /** `isPrimary` says that the entry has the group as its primary group. */
  note(key: string, entry: Entry, checker: Checker, isPrimary: boolean): void {
    let member = this.#members.get(key);
    if (member === undefined) {
      if (!isPrimary) return;
      member = newMember(detachText(entry.dn.text), key);
      this.#members.set(detachText(key), member);
    }
    member.isShown = true;
    const { excluded, silenced } = checker.check(entry);
    member.isExcluded = excluded;
    member.isUncertain = !excluded && silenced.some(({ effect }) => effect === "excluded");
    member.kind = kindOf(entry);
  }

  /** The DNs of those that a group of a scope takes, and what is to be said of them. */
  finish(scope: "global" | "universal"): { readonly taken: readonly string[]; readonly notes: readonly CopyNote[] } {
    const { all } = this;
    // A group of the same scope takes whom the built-in one has.
    const isTaken = ({ kind }: Member) => scope === "global" || (kind !== "domainLocal" && kind !== "foreign");
    const taken = all.filter(isTaken);
    const notes: CopyNote[] = [];
    const tell = (members: readonly Member[], message: string, more = "") => {
      if (members.length === 0) return;
      const count = members.length === 1 ? "1 member" : `${members.length} members`;
      notes.push({ message: `${message}: ${count}${more}`, dns: members.map(({ dn }) => dn) });
    };
    const orRefused =
      scope === "global" ? "" : "; the directory refuses the copy if a domain local group is among them";
    tell(
      all.filter((member) => !isTaken(member)),
      "Left out, since a universal group takes no domain local groups and no foreign security principals",
    );
    tell(
      taken.filter(({ isExcluded }) => isExcluded),
      "Missing from the copy in Entra ID, not being synchronized themselves",
    );
    tell(
      taken.filter(({ isShown }) => !isShown),
      "Not in the export, so that it is not known whether they synchronize",
      orRefused,
    );
    tell(
      taken.filter(({ isUncertain }) => isUncertain),
      "Perhaps missing from the copy in Entra ID, since the export lacks attributes that would tell",
    );
    tell(
      taken.filter(({ kind, isExcluded }) => kind === "computer" && !isExcluded),
      "Computers, of which Entra ID gets only those that are to join it",
    );
    tell(
      taken.filter(({ kind, isShown }) => isShown && kind === "unknown"),
      "Of a kind that the export does not show",
      orRefused,
    );
    return { taken: taken.map(({ dn }) => dn), notes };
  }
}

function newMember(dn: string, key: string): Member {
  return { dn, isShown: false, isExcluded: false, isUncertain: false, kind: FOREIGN.test(key) ? "foreign" : "any" };
}

function kindOf(entry: Entry): Member["kind"] {
  const classes = entry.values("objectClass").map(({ text }) => text.toLowerCase());
  if (classes.includes("foreignsecurityprincipal")) return "foreign";
  if (entry.objectType === "computer") return "computer";
  if (entry.objectType !== "group") return classes.length === 0 && entry.objectType === "other" ? "unknown" : "any";
  const scope = groupScope(entry);
  if (scope === undefined) return "unknown";
  return scope === "domainLocal" ? "domainLocal" : "any";
}
