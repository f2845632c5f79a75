import { RFC_2849, RFC_4514 } from "../sources.ts";
import { ldifRules } from "./rule.ts";

/** Records: their DN, and where one ends and the next begins. */
export const RECORD_RULES = ldifRules({
  "ldif-record-without-dn": {
    title: "A record does not begin with a DN",
    severity: "error",
    message: "A record begins with {attribute} and not with dn: ldapmodify skips it without a word",
    why: `Every record begins with a \`dn:\` line (RFC 2849); only comments may stand above it. A record without one is mostly the
rest of an entry into whose middle a blank line fell. ldapmodify passes over such lines silently, so what they hold is missing
after the import. Remove the blank line above, or give the record its DN.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n«sn: Doe»\nmail: jane@contoso.com\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n«cn: Joe»\ndn: CN=Joe,DC=contoso,DC=com\nsn: Doe\n" },
      { good: "# record 1\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\nsearch: 2\nresult: 0 Success\n" },
    ],
  },
  "ldif-records-not-separated": {
    title: "No blank line stands between two records",
    severity: "error",
    message: "A new record begins after this line without a blank line: ldapmodify takes its dn line for an attribute",
    why: `A blank line ends a record (RFC 2849). Where it is missing, ldapmodify reads both records as one and the second DN as an
attribute named \`dn\`, so the second object is lost and the first gets its values. This check reads two records. Put a blank
line before the \`dn:\` line.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«cn: Jane»\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n" },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\r\n«description: second\r\n  floor»\r\n# Joe\r\ndn:: Q049Sm9lLERDPWNvbnRvc28sREM9Y29t\r\ncn: Joe\r\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n" },
      { good: "dn: @INDEXLIST\n@IDXATTR: name\ndn: CASE_INSENSITIVE\n" },
    ],
  },
  "ldif-entry-without-attributes": {
    title: "An entry has a DN and nothing else",
    severity: "information",
    message: "The entry has no attributes, so no rule has anything to check",
    why: `RFC 2849 wants at least one attribute in an entry. Search tools write an entry with the DN alone when it has none of the
attributes that were asked for, or when the account that exported may not read them. Compare the attribute list of the export
(\`ldifde -l\`) and the rights of the account.`,
    sources: [RFC_2849],
    examples: [
      { bad: "«dn: CN=Jane,DC=contoso,DC=com»\n\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n" },
      { bad: "«dn: CN=Jane,\n DC=contoso,DC=com»\nchangetype: add\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n" },
    ],
  },
  "ldif-dn-malformed": {
    title: "A DN cannot be read",
    severity: "error",
    message: "{dn} is no distinguished name, since {reason}: a directory refuses the record",
    why: `A distinguished name is a list of \`type=value\` with commas between (RFC 4514). A comma, a plus sign, a quotation mark or a
backslash in a value needs a backslash in front, as in \`CN=Doe\\, Jane,OU=Staff\`. No directory finds an object by a DN that does
not follow this. Correct it, or export the entry again.`,
    sources: [RFC_2849, RFC_4514],
    examples: [
      { bad: "dn: CN=Doe, «Jane»,OU=Staff,DC=contoso,DC=com\ncn: Doe, Jane\n" },
      { bad: "dn: «%USERDN%»\ncn: Jane\n" },
      { bad: "dn: CN=Jane,DC=contoso«,»\ncn: Jane\n" },
      { bad: "dn: CN=Jane,«D C»=contoso\ncn: Jane\n" },
      { bad: 'dn: CN=«"Doe, Jane,DC=contoso,DC=com»\ncn: Jane\n' },
      { bad: "dn:: Q049SmFuZS«xiYWRkbg»==\ncn: Jane\n" },
      { good: "dn: CN=Doe\\, Jane+UID=7,OU=Staff,DC=contoso,DC=com\ncn: Doe, Jane\n\ndn:\nobjectClass: top\n" },
    ],
  },
  "ldif-dn-not-utf8": {
    title: "A DN in base64 is not UTF-8",
    severity: "error",
    message: "The DN in base64 is not UTF-8: a directory does not find the object that is meant",
    why: `A \`dn::\` line holds the DN in UTF-8, encoded in base64 (RFC 2849). These bytes are no UTF-8; mostly they are of a Windows
code page, where an umlaut or an accent is a single byte. A directory compares DNs as UTF-8 and refuses the name or finds no
such object. Export again with a tool that writes UTF-8.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn:: «Q049TfxsbGVyLERDPWNvbnRvc28sREM9Y29t»\nsn:: TcO8bGxlcg==\n" },
      { good: "dn:: Q049TcO8bGxlcixEQz1jb250b3NvLERDPWNvbQ==\nsn:: TcO8bGxlcg==\n" },
    ],
  },
  "ldif-dn-url": {
    title: "A DN is named by a URL",
    severity: "error",
    message:
      "A DN cannot be named by a URL: what object this is stays unknown, while ldapmodify reads the file and uses it",
    why: `RFC 2849 knows two ways to write a DN: \`dn:\` with text and \`dn::\` with base64. A URL is only for attribute values.
ldapmodify opens it nevertheless and takes what it finds for the DN, so the record changes an object that the file does not
show. Write the DN itself.`,
    sources: [RFC_2849],
    examples: [{ bad: "«dn:< file:///tmp/dn.txt»\ncn: Jane\n" }, { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" }],
  },
  "ldif-record-too-long": {
    title: "A record is too long to be read",
    severity: "error",
    message: "The record is longer than {limit} characters and was not read",
    why: `Records end at a blank line. One of this length is no entry of a directory, but a file of another kind, or an export
whose blank lines were lost. Memory sets the limit: it is far above a group with a million members. Nothing in the record was
checked. Look whether the file is LDIF, and export it again.`,
    sources: [RFC_2849],
    // The test's reader has a limit of 200 characters.
    examples: [
      { bad: `«dn: CN=Jane,DC=contoso,DC=com»\n${"description: and so on and so on\n".repeat(10)}` },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
    ],
  },
});
