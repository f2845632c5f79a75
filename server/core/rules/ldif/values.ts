import { RFC_2849 } from "../sources.ts";
import { ldifRules } from "./rule.ts";

const RFC_4648 = "https://www.rfc-editor.org/rfc/rfc4648";

/** What stands behind the colon. */
export const VALUE_RULES = ldifRules({
  "ldif-value-not-ascii": {
    title: "A value that is not ASCII is not in base64",
    severity: "information",
    oncePerFile: true,
    message: "{character} is not ASCII and stands outside base64: tools differ in the encoding that they read it with",
    why: `RFC 2849 lets only ASCII stand in a line as it is; everything else is UTF-8 in base64. ldapmodify and other tools accept
raw UTF-8 all the same. ldifde reads a file without a Unicode identifier in the Windows code page, so the same file may come
in with other letters there. Nothing is wrong as long as the file is only read; before an import with ldifde, write such
values in base64. It is told once for each file.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn: M«ü»ller-Lüdenscheidt\ngivenName: René\n" },
      { bad: "dn: CN=J«é»r\n ôme,DC=contoso,DC=com\ncn: x\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ndescription: party «\u{1f389}»\n" },
      { good: "# Müller\ndn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==\n" },
    ],
  },
  "ldif-value-unsafe-start": {
    title: "A value begins with a character that should be in base64",
    severity: "information",
    oncePerFile: true,
    message:
      "A value that begins with {character} belongs in base64; tools read it as it stands, because a space precedes it",
    why: `A value may not begin with a colon or a less-than sign as it is (RFC 2849, SAFE-INIT-CHAR), since \`::\` announces base64
and \`:<\` a URL. With a space in between, the tools that are known read the value as text, and Samba's ldbsearch writes it so.
Take care when you edit the line: without the space it means something else. It is told once for each file.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ndescription: «<»not set>\ninfo: <none>\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ndescription:\n  «:»-)\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ndescription:: PG5vdCBzZXQ+\ninfo: a:b<c\n" },
    ],
  },
  "ldif-base64-illegal-character": {
    title: "A base64 value holds a character that base64 does not have",
    severity: "error",
    message: "{character} does not belong into base64: ldapmodify refuses the record, and other tools read wrong bytes",
    why: `After a double colon the value is base64: letters, digits, \`+\`, \`/\`, and \`=\` at the end (RFC 4648). Any other character
means that the value was damaged, or that the second colon is a slip and the value is plain text. ldapmodify answers "invalid
format"; some libraries pass over the character and give other bytes than were written. Export the entry again, or remove one
colon if the value is text.`,
    sources: [RFC_2849, RFC_4648],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8«*»bGxlcg==\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8\n b«-»xlcg==\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nnTSecurityDescriptor:: «$»{DESCRIPTOR}\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TQ«=»=TQ==\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nsn::TcO8bGxlcg==\nseeAlso::\n" },
    ],
  },
  "ldif-base64-incomplete": {
    title: "A base64 value is cut off or lacks its padding",
    severity: "error",
    message: "The base64 value is not a whole number of groups of four characters: ldapmodify refuses the record",
    why: `Base64 comes in groups of four characters, and the last group is filled up with \`=\` (RFC 4648). A value of another
length has lost characters at its end, mostly because the file was cut off or a folded line went missing. ldapmodify answers
"invalid format". Do not just add \`=\`: look first whether the value is complete, or export the entry again.`,
    sources: [RFC_2849, RFC_4648],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«sn:: TcO8bGxlcg=»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«sn:: TcO8b\n Gx»\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8b\n Gxlcg==\n" },
    ],
  },
  "ldif-base64-trailing-space": {
    title: "Blanks follow a base64 value",
    severity: "information",
    message: "Blanks follow the base64 value; ldapmodify ignores them, but LDIF does not allow them",
    why: `RFC 2849 ends a base64 value at the line end, with nothing in between. Blanks there come from an editor or from copying
out of a terminal. ldapmodify reads over them; stricter tools may not. Remove them before you import the file.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==« »\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==« \t»\r\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==\n" },
    ],
  },
  "ldif-url-not-read": {
    title: "A value is named by a URL and not read",
    severity: "information",
    message: "The value stands at {url}, which is never opened here, so no rule looks at it",
    why: `\`attribute:< url\` means that a tool is to read the value from the URL when it imports the file (RFC 2849). The RFC itself
warns that a file of unknown origin could so pull in any file of the person who imports it. This check opens no such URL, and
treats the attribute as if it had no value. ldapmodify does read local files: look where the URL points before you import.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\njpegPhoto:< «file:///photos/jane.jpg»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\njpegPhoto:<\r\n «file:///photos/\r\n jane.jpg»\r\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nwWWHomePage: https://contoso.com/jane\n" },
    ],
  },
});
