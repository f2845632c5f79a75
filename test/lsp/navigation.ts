import type {
  ClientCapabilities,
  Definition,
  DocumentHighlight,
  DocumentSymbol,
  Location,
  LocationLink,
  Position,
  Range,
} from "vscode-languageserver-protocol/node";
import type { Session } from "./session.ts";

/** What VS Code can do about finding one's way. */
export const NAVIGATION: ClientCapabilities = {
  workspace: { configuration: true },
  textDocument: {
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
    foldingRange: { rangeLimit: 5000 },
  },
};

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** A line of LDIF with its value in base64, folded after so many characters. */
export function encodedLine(description: string, text: string, width: number, lineEnd: string): string {
  const line = `${description}:: ${base64(text)}`;
  const parts = [line.slice(0, width)];
  for (let at = width; at < line.length; at += width) parts.push(` ${line.slice(at, at + width)}`);
  return parts.join(lineEnd);
}

const LINES = [
  "# The team",
  "# and its people",
  "dn: CN=Team,OU=Groups,DC=contoso,DC=com",
  "objectClass: group",
  "description: 😀 before",
  "member: CN=Jane Doe,OU=Sta",
  " ff,DC=contoso,DC=com",
  encodedLine("member", "CN=Jürgen 😀,OU=Staff,DC=contoso,DC=com", 30, "\n"),
  "managedBy: cn=jane doe, OU=staff,dc=contoso,dc=com",
  "",
  "",
  "dn: CN=Jane Doe,OU=St",
  " aff,DC=contoso,DC=com",
  "objectClass: top",
  "objectClass: user",
  "cn: Jane Doe",
  "proxyAddresses: SMTP:jane@con",
  " toso.com",
  "proxyAddresses: smtp:j.doe@contoso.com",
  encodedLine("mail", "Jane@Contoso.com", 12, "\n"),
  "userPrincipalName: jane@contoso.com",
  "",
  encodedLine("dn", "CN=Jürgen 😀,OU=Staff,DC=contoso,DC=com", 30, "\n"),
  "objectClass: contact",
  "manager: CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
  "",
  "dn: OU=Staff,DC=contoso,DC=com",
  "objectClass: organizationalUnit",
  "",
];

/** An export with folded values, values in base64, and characters beyond U+FFFF; with line ends of two characters. */
export const EXPORT = LINES.join("\n").replaceAll("\n", "\r\n");

/** The source of the entry in base64. */
export const ENCODED_DN = sourceOfEncoded(22);

function sourceOfEncoded(line: number): string {
  return LINES[line]!.replace("dn:: ", "").replaceAll("\n", "\r\n");
}

/** The place of the first occurrence of a text, or of a place in it, which `|` marks. */
export function placeOf(session: Session, uri: string, marked: string): Position {
  const document = session.documents.get(uri)!;
  const at = document.getText().indexOf(marked.replace("|", ""));
  if (at < 0) throw new Error(`${marked} is not there`);
  return document.positionAt(at + Math.max(0, marked.indexOf("|")));
}

/** Asks about a place in a document. */
export function askAt<Answer>(
  session: Session,
  method: string,
  uri: string,
  marked: string,
  more: object = {},
): Promise<Answer | null> {
  const position = placeOf(session, uri, marked);
  return session.connection.sendRequest(method, { textDocument: { uri }, position, ...more });
}

export function textAt(session: Session, uri: string, range: Range): string {
  return session.documents.get(uri)!.getText(range);
}

/** Where a definition leads: `from what -> to what`. */
export async function definitionAt(session: Session, uri: string, marked: string): Promise<string[] | null> {
  const found = await askAt<Definition | LocationLink[]>(session, "textDocument/definition", uri, marked);
  return (
    found &&
    (found as LocationLink[]).map(({ originSelectionRange, targetUri, targetSelectionRange }) => {
      const target = session.documents.has(targetUri) ? textAt(session, targetUri, targetSelectionRange) : targetUri;
      return `${textAt(session, uri, originSelectionRange!)} -> ${target}`;
    })
  );
}

/** What names an entry: `line: source`, lines from 1. */
export async function referencesAt(session: Session, uri: string, marked: string, withEntry = false) {
  const context = { includeDeclaration: withEntry };
  const found = await askAt<Location[]>(session, "textDocument/references", uri, marked, { context });
  return found?.map(({ uri, range }) => `${range.start.line + 1}: ${textAt(session, uri, range)}`) ?? null;
}

export async function highlightsAt(session: Session, uri: string, marked: string): Promise<string[] | null> {
  const found = await askAt<DocumentHighlight[]>(session, "textDocument/documentHighlight", uri, marked);
  return found?.map(({ range }) => `${range.start.line + 1}: ${textAt(session, uri, range)}`) ?? null;
}

export function outlineOf(session: Session, uri: string): Promise<DocumentSymbol[] | null> {
  return session.connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
}
