import type { CancellationToken } from "vscode-languageserver";
import { LdifChange, type LivePiece } from "../core/index.ts";
import type { ExportDocument } from "./export-document.ts";
import { inSlices } from "./slices.ts";

/** What somebody who writes in an export may want to write again. */
interface PieceNames {
  readonly dns: readonly string[];
  /** In lower case, each one once. */
  readonly domains: readonly string[];
}

/** A piece never changes, so it is looked through once. Its names go with it. */
const namesByPiece = new WeakMap<LivePiece, PieceNames>();

/** The DNs of an export that contain a text, in their order: so many of them at most, and whether there are more. */
export async function dnsWith(
  document: ExportDocument,
  part: string,
  most: number,
  token: CancellationToken,
): Promise<{ readonly dns: readonly string[]; readonly isCut: boolean } | undefined> {
  const isWanted = new RegExp(part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "i");
  return walk(document, token, function* (pieces) {
    const dns = new Set<string>();
    for (const { dns: here } of pieces) {
      for (const dn of here) if (isWanted.test(dn)) dns.add(dn);
      if (dns.size > most) return { dns: [...dns].slice(0, most), isCut: true };
      yield;
    }
    return { dns: [...dns], isCut: false };
  });
}

/** The domains of addresses in an export, the most usual first. */
export async function domainsIn(
  document: ExportDocument,
  most: number,
  token: CancellationToken,
): Promise<readonly string[] | undefined> {
  return walk(document, token, function* (pieces) {
    const counts = new Map<string, number>();
    for (const { domains } of pieces) {
      for (const domain of domains) counts.set(domain, (counts.get(domain) ?? 0) + 1);
      yield;
    }
    const sorted = [...counts].sort(([one, count], [other, more]) => more - count || (one < other ? -1 : 1));
    return sorted.slice(0, most).map(([domain]) => domain);
  });
}

/** Goes through an export in steps; `undefined` where it has changed meanwhile, or nobody wants it any more. */
async function walk<Answer>(
  document: ExportDocument,
  token: CancellationToken,
  work: (pieces: Iterable<PieceNames>) => Generator<undefined, Answer>,
): Promise<Answer | undefined> {
  const { version } = document;
  const isWanted = () => !token.isCancellationRequested && document.version === version;
  return inSlices(work(namesOf(document)), isWanted);
}

function* namesOf(document: ExportDocument): Generator<PieceNames, void> {
  for (const piece of document.text.pieces) {
    let names = namesByPiece.get(piece);
    if (names === undefined) {
      names = { dns: dnsOf(document, piece), domains: domainsOf(piece.text) };
      namesByPiece.set(piece, names);
    }
    yield names;
  }
}

/** One record with comments at most before its DN, which is text on one line: nearly all are so. */
const PLAIN = /^(?:#[^\n]*\n)*dn: ?([^:<\s][^\r\n]*)\r?\n(?![ \t])/;

function dnsOf({ format }: ExportDocument, { text }: LivePiece): readonly string[] {
  const plain = PLAIN.exec(text);
  if (plain !== null && !text.includes("\ndn:", plain[0].length - 1)) return [copyOf(plain[1]!)];
  return format.blocks.read(text).records.flatMap((record) => {
    const dn = record instanceof LdifChange ? record.dn : record.entry?.dn;
    return dn === undefined || dn.binary || dn.text === "" ? [] : [dn.text];
  });
}

/** A string that is cut out of a long one keeps the long one alive. */
function copyOf(text: string): string {
  return `${text}:`.slice(0, -1);
}

/** The longest name of a domain. */
const LONGEST_DOMAIN = 253;

/** Domains that many entries have are one string. */
const interned = new Map<string, string>();

function domainsOf(text: string): readonly string[] {
  const domains = new Set<string>();
  const domainAt = /[a-z0-9-]+(?:\.[a-z0-9-]+)+/iy;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    domainAt.lastIndex = at + 1;
    const found = domainAt.exec(text)?.[0];
    if (found === undefined || found.length > LONGEST_DOMAIN) continue;
    const domain = found.toLowerCase();
    let known = interned.get(domain);
    if (known === undefined) {
      known = copyOf(domain);
      if (interned.size < 10_000) interned.set(known, known);
    }
    domains.add(known);
  }
  return domains.size === 0 ? NONE : [...domains];
}

const NONE: readonly string[] = [];
