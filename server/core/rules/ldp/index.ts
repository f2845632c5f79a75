import type { Rule } from "../../engine/rule.ts";
import type { LdpProblemArguments, LdpProblemId } from "../../ldp/problem.ts";
import { formatRules } from "../format-rules.ts";
import { LDP, RFC_4514, SCOPING_ARTICLE } from "../sources.ts";

const BY_ID = formatRules<LdpProblemArguments>()({
  "ldp-empty": {
    title: "The copy of ldp's details pane shows no objects",
    severity: "information",
    message: "No object of the directory stands in this copy of ldp's details pane, so there is nothing to check",
    why: `When ldp connects, it shows what the domain controller says of itself (the rootDSE), which is no object that could be
synchronized. Double-click an object in the tree on the left, or search, and copy what then stands on the right.`,
    sources: [LDP, SCOPING_ARTICLE],
    examples: [
      { bad: "«»Getting 1 entries:\nDn: (RootDSE)\nisSynchronized: TRUE; \n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n" },
    ],
  },
  "ldp-encoding-guessed": {
    title: "The file is not UTF-8, and its encoding was guessed",
    severity: "information",
    message:
      "The file is neither UTF-8 nor marked as UTF-16, so it was read in a code page of Windows that fits its letters",
    why: `An editor has saved what was copied from ldp in a code page of the computer, and the file does not say which one that is. If names
with accents look wrong here, the code page is another: copy again, and save the file as UTF-8.`,
    sources: [LDP],
    // Found by whoever decodes the bytes; in a text, which is what an example is, there is nothing to see of it.
    examples: [
      { bad: "«»Dn: CN=Jane,DC=contoso,DC=com\nsn: Müller; \n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\nsn: Miller; \n" },
    ],
  },
  "ldp-values-uncertain": {
    title: "The values of an attribute cannot be told apart",
    severity: "warning",
    message:
      "The values of {attribute} cannot be told apart: there should be {expected}, and the semicolons make {found} of them",
    why: `ldp writes all values of an attribute in one line, with a semicolon and a blank behind each, and their number beside the attribute's
name. A semicolon within a value looks the same. Where the number says that there are fewer values than semicolons, those semicolons were
taken behind which a value begins as the first one does (\`smtp:\`, \`CN=\`). Here that does not come out: a value has gone, one has come, or
the number was changed. What is found in these values may be wrong, and no change is made in this object. Export it with ldifde.`,
    sources: [SCOPING_ARTICLE, LDP],
    examples: [
      {
        bad: "Dn: CN=Jane,DC=contoso,DC=com\n«proxyAddresses (3): SMTP:jane@contoso.com; smtp:j@contoso.com; »\n",
      },
      {
        bad: ">> Dn: CN=Jane,DC=contoso,DC=com\n\t«2> otherTelephone: 1; 2; 3; »\n",
      },
      {
        good: "Dn: CN=Jane,DC=contoso,DC=com\nproxyAddresses (2): SMTP:jane@contoso.com; X400:C=US;A= ;P=Contoso;O=HQ;S=Doe; ; \n",
      },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\ndescription: one; two; three; \n" },
    ],
  },
  "ldp-value-cut": {
    title: "The values of an attribute are cut off",
    severity: "error",
    message: "No semicolon stands behind the last value of {attribute}: what was copied is not all there was",
    why: `ldp writes a semicolon behind each value, the last one included. Where it is missing, or something like \`<...>\` stands there, the line
was copied in part, or was too long for the pane. What is found in these values may be wrong, and no change is made in this object. Copy
the whole pane again (Ctrl+A), or export the object with ldifde.`,
    sources: [LDP],
    examples: [
      {
        bad: "Dn: CN=Jane,DC=contoso,DC=com\n«proxyAddresses (2): SMTP:jane@contoso.com; smtp:j@con»\nsn: Doe; \n",
      },
      { bad: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n«description: The first floor of <...>; »\n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\nstreetAddress: Main Street 1\r\nSecond floor; \r\nsn: Doe;\r\n" },
      {
        good: ">> Dn: CN=Jane,DC=contoso,DC=com\n\t2> proxyAddresses: SMTP:jane@contoso.com;\nsmtp:j@contoso.com; \n\t0> dBCSPwd: \n",
      },
    ],
  },
  "ldp-line-unexpected": {
    title: "A line among the attributes is none",
    severity: "warning",
    message: "This line is no attribute, and the value before it had ended: nobody can say what it belongs to",
    why: `Between the DN of an object and what ldp writes next, each line begins with the name of an attribute, or goes on with a value that has not
ended. This one does neither: a note that somebody has put there, or the rest of a value that has a semicolon at the end of a line. It was
not read, and no change is made in this object. Remove the line if it does not belong there.`,
    sources: [LDP],
    examples: [
      { bad: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n«ask her about the other address»\nsn: Doe; \n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n\nsn: Doe; \n-----------\nask her\n" },
    ],
  },
  "ldp-search-failed": {
    title: "A search of ldp has failed, or has not given all there is",
    severity: "warning",
    message: "ldp's search did not give everything, so objects are missing here: {result}",
    why: `ldp writes the result of a search into its pane. With one that is not 0, the domain controller has given up, for example at its limit of
1,000 objects (4, Size Limit Exceeded), or it has referred to another one (10). What is missing is not checked: duplicates of it are not
found. Search in pages (Options, Search, Search Call Type), or export with ldifde, which does so by itself.`,
    sources: [LDP],
    examples: [
      {
        bad: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n-----------\n***Searching...\n«Error: Search: Size Limit Exceeded. <4>»\n",
      },
      {
        good: "Result <0>: (null)\nMatched DNs: \nGetting 1 entries:\n>> Dn: CN=Jane,DC=contoso,DC=com\n\t1> cn: Jane; \n",
      },
    ],
  },
  "ldp-dn-malformed": {
    title: "The DN of an object cannot be read",
    severity: "error",
    message: "This is no distinguished name, since {reason}: {dn}",
    why: `An object is named by its DN: parts such as \`CN=Jane Doe\`, joined by commas (RFC 4514). Without it nobody can say which object the lines
below are about, so nothing of it goes into a modify file. Copy the line again.`,
    sources: [RFC_4514],
    examples: [
      { bad: "Dn: CN=Jane,DC=contoso,«com»\ncn: Jane; \n" },
      { good: "Dn: CN=Doe\\, Jane,DC=contoso,DC=com  \ncn: Doe, Jane; \n" },
    ],
  },
  "ldp-entry-too-long": {
    title: "An object is too long to be read",
    severity: "error",
    message: "This object takes more than {limit} characters: it was not read",
    why: `Objects of that length do not occur in ldp's pane, which has room for some thousand lines. Most often it is a file of another kind. What
stands before the next DN was passed over, and what comes after it was checked.`,
    sources: [LDP],
    examples: [
      {
        bad: `«Dn: CN=Jane,DC=contoso,DC=com»\ndescription: ${"Jane".repeat(60)}; \nDn: CN=Joe,DC=contoso,DC=com\ncn: Joe; \n`,
      },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n" },
    ],
  },
  "ldp-null-character": {
    title: "The object holds a NUL character",
    severity: "error",
    message: "A NUL character stands here: the file is damaged, or in an encoding that was not recognized",
    why: `No directory has a text with this character. It comes from UTF-16 that was read as something else, or from a copy that went wrong. Nothing of
the object goes into a modify file. Copy it again.`,
    sources: [LDP],
    examples: [
      { bad: "Dn: CN=Jane,DC=contoso,DC=com\ncn: J«\0»ane; \n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n" },
    ],
  },
  "ldp-replacement-character": {
    title: "A character was lost before the file was read",
    severity: "error",
    message: "The character U+FFFD stands for one that was lost: the value is not what the directory holds",
    why: `A program that reads bytes in the wrong encoding writes this character for what it cannot read. Nothing of the object goes into a modify
file. Copy it again, and save the file as UTF-8.`,
    sources: [LDP],
    examples: [
      { bad: "Dn: CN=Jane,DC=contoso,DC=com\nsn: M«\ufffd»ller; \n" },
      { good: "Dn: CN=Jane,DC=contoso,DC=com\nsn: Müller; \n" },
    ],
  },
}) satisfies Readonly<Record<LdpProblemId, Rule>>;

/** The rules about copies of ldp's details pane. */
export const LDP_RULES: readonly Rule[] = Object.values(BY_ID);
