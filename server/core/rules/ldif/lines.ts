import { RFC_2849 } from "../sources.ts";
import { ldifRules } from "./rule.ts";

const RFC_4512 = "https://www.rfc-editor.org/rfc/rfc4512";

/** Lines: how they end, how they are folded, what stands in front of the colon. */
export const LINE_RULES = ldifRules({
  "ldif-line-without-colon": {
    title: "A line has no colon",
    severity: "error",
    message: "{line} has no colon, so it belongs to no attribute: ldapmodify refuses the record",
    why: `Every line of an LDIF record is an attribute description, a colon and a value (RFC 2849). A line without a colon is
mostly the rest of a value that held a line break, or text that was pasted into the file. ldapmodify stops at it with
"invalid format". Where the line belongs to the value above, put one space in front of it: that makes it a continuation.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n«second floor, left»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\r\n«second floor,\r\n  left»\r\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n second floor, left\n" },
    ],
  },
  "ldif-attribute-description-illegal-character": {
    title: "An attribute name holds a character that no attribute name can have",
    severity: "error",
    message: "{description} is no attribute name, since it holds {character}: a directory refuses the entry",
    why: `An attribute is named by letters, digits and hyphens or by an object identifier, and options follow after semicolons
(RFC 4512, section 2.5). What stands before the first colon of this line is neither: no directory has such an attribute. Often
the line is the rest of a value that held a line break, and its colon is a colon of the text. Join it to the line above, or
correct the name.`,
    sources: [RFC_2849, RFC_4512],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«extension_attribute1»: x\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n«display\r\n  Name»: Jane\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n«»: Jane\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\n2.5.4.3;lang-en: Jane\nmember;range=0-1499: CN=Joe,DC=contoso,DC=com\n" },
    ],
  },
  "ldif-continuation-without-line": {
    title: "A line is indented but has no line to continue",
    severity: "error",
    message:
      "This line begins with a blank and so continues the line before it, but there is none: ldapmodify refuses it",
    why: `In LDIF a space at the beginning of a line means that the line belongs to the one above (RFC 2849, note 2). Here the line
above is blank or missing, so nothing can be continued: a blank line stands where none belongs, or the line was indented by
mistake. ldapmodify answers "invalid format". Remove the blank line above, or the space.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ndescription: second floor,\n\n« left»\n" },
      { bad: "dn: CN=Joe,DC=contoso,DC=com\r\ncn: Joe\r\n\r\n« dn: CN=Jane,DC=contoso,DC=com»\r\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ndescription: second floor,\n  left\n" },
    ],
  },
  "ldif-tab-continuation": {
    title: "A line is continued with a tab",
    severity: "error",
    message: "This line begins with a tab, but only a space continues a line: ldapmodify refuses the record",
    why: `RFC 2849 folds a line with a line end and exactly one space. A tab in its place is what an editor makes of it when it
"tidies" indentation. ldapmodify refuses such a record with "invalid format", while other tools read it as a continuation, and
so does this check. Put a space in the tab's place.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ndescription: second\n«\t»floor\n" },
      { bad: "# exported\n«\t»yesterday\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ndescription: second\n \tfloor\n" },
    ],
  },
  "ldif-blank-line-with-spaces": {
    title: "A line between two records holds spaces and is not blank",
    severity: "error",
    message:
      "This line looks blank but holds spaces, so it separates nothing: ldapmodify reads the records around it as one",
    why: `Records are separated by a line that holds nothing at all. A line with a space in it is a continuation of the line above
(RFC 2849), so ldapmodify adds the next record's lines to this record and takes the next DN for an attribute. Even Microsoft's
own sample script has such lines. This check reads the line as the separator that it was meant to be. Remove the spaces.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n« »\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n",
      },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\r\ncn: Jane\r\n«  \t»\r\n# Joe\r\ndn: CN=Joe,DC=contoso,DC=com\r\ncn: Joe\r\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ndescription: second \n \n floor\n" },
    ],
  },
  "ldif-bare-carriage-return": {
    title: "A carriage return stands without a line feed",
    severity: "error",
    message: "A carriage return without a line feed ends no line in LDIF: ldapmodify drops it from the value",
    why: `Lines of an LDIF file end with a line feed, or with a carriage return and a line feed. A carriage return alone is neither
a line end nor allowed inside a value (RFC 2849, SAFE-CHAR): some editors show a new line where every tool reads on in the old
one, and ldapmodify removes the character without a word. A value that really holds one, such as an address, must be in base64.
A file in which every line ends so was saved for an old Macintosh; save it with Windows line ends.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nstreetAddress: Main Street 1«\r»2nd floor\r\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com«\r»cn: Jane\rsn: Doe\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\r\nstreetAddress:: TWFpbiBTdHJlZXQgMQ0ybmQgZmxvb3I=\r\n" },
    ],
  },
  "ldif-null-character": {
    title: "A line holds a null character",
    severity: "error",
    message:
      "A null character cannot stand in an LDIF line: ldapmodify cuts the value there and loses the line's end with it",
    why: `RFC 2849 allows every ASCII character but three in a value that is not in base64, and the null character is one of
the three. ldapmodify ends the value at it and then takes the next line for a part of this one. A null in every second place
means that the file is UTF-16 and was read as something else. Where single ones occur, export again with base64 for that
attribute.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nuserParameters: a«\0»b\0c\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nuserParameters:: YQBiAGM=\n" },
    ],
  },
  "ldif-replacement-character": {
    title: "A character was lost before the export was checked",
    severity: "warning",
    message:
      "The replacement character (U+FFFD) stands here for a character that is lost, and an import would write it as it is",
    why: `Programs write U+FFFD where they cannot read a character: the file was written in one encoding and read in another.
The original character is gone from what is shown here, and rules cannot judge the value. If the file itself is sound, open it
with the encoding it was written in; otherwise export again. ldifde writes the Windows code page unless \`-u\` is given.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nsn: M«\ufffd»ller-L\ufffddenscheidt\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==\n" },
      { good: "# Export f\ufffdr M\ufffdller\ndn: CN=Jane,DC=contoso,DC=com\nsn: Jones\n" },
    ],
  },
});
