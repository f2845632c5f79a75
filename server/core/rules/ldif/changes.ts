import { LDIF_SCRIPTS, RFC_2849, RFC_4525 } from "../sources.ts";
import { ldifRules } from "./rule.ts";

/** Change records (RFC 2849): what stands behind `changetype`. */
export const CHANGE_RULES = ldifRules({
  "ldif-changetype-unknown": {
    title: "A change type is unknown",
    severity: "error",
    message: "{changetype} is no change type of LDIF: an import stops at the record",
    why: `A change record adds, deletes, modifies or renames: \`add\`, \`delete\`, \`modify\`, \`modrdn\` or \`moddn\` (RFC 2849). ldifde also
knows \`ntdsSchemaAdd\`, \`ntdsSchemaModify\`, \`ntdsSchemaDelete\` and \`ntdsSchemaModRdn\`. Upper and lower case do not matter.
Correct the word; to change values of an object it is \`modify\`.`,
    sources: [RFC_2849, LDIF_SCRIPTS],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: «update»\nreplace: cn\ncn: Jane\n-\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype:«»\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangeType: Modify\nreplace: sn\nsn: Doe\n-\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: ntdsschemaadd\ncn: Jane\n" },
    ],
  },
  "ldif-changetype-misplaced": {
    title: "Lines stand between the DN and the change type",
    severity: "error",
    message: "Only control lines may stand between dn and changetype: ldapmodify refuses the record",
    why: `The change type follows the DN immediately (RFC 2849). ldapmodify decides by that line what the record is: with an
attribute in between, it takes the record for one without a change type. The LDF files of IdFix have a
\`cn:\` line there. Remove the lines in between, or move them below if they belong to the change.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n«changetype: modify»\nreplace: mail\nmail: jane@contoso.com\n-\n",
      },
      {
        good: "dn: CN=Jane,DC=contoso,DC=com\ncontrol: 1.2.840.113556.1.4.805 true\nchangetype: delete\n",
      },
    ],
  },
  "ldif-control-malformed": {
    title: "A control line cannot be read",
    severity: "error",
    message: "A control is an object identifier, perhaps with true or false behind it: ldapmodify refuses the record",
    why: `A \`control:\` line holds the object identifier of an LDAP control, then perhaps a space and \`true\` or \`false\` (whether the
directory must know it), then perhaps a colon and a value (RFC 2849). A record whose control cannot be read must not be sent,
since the control may be what keeps the change from doing harm. Correct the line or remove the record.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«control: treeDelete true»\nchangetype: delete\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«control: 1.2.840.113556.1.4.805 yes»\nchangetype: delete\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncontrol:1.2.3 false:: MAA=\nchangetype: delete\n" },
    ],
  },
  "ldif-dash-trailing-space": {
    title: "Blanks follow the hyphen that closes a modification",
    severity: "error",
    message: "Blanks follow the hyphen, so the line no longer closes the modification: ldapmodify refuses the record",
    why: `A line that holds a hyphen and nothing else closes each modification of a record (RFC 2849). With blanks behind it,
ldapmodify takes it for an attribute line without a colon and answers "invalid format". Remove the blanks; editors can be told
to remove them on saving.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\nsn: Doe\n«- »\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\nsn: Doe\n-\n" },
    ],
  },
  "ldif-dash-unexpected": {
    title: "A hyphen line closes nothing",
    severity: "error",
    message: "This hyphen line closes no modification: ldapmodify refuses the record",
    why: `A line that is only a hyphen closes a modification, and so it belongs behind the values of \`add:\`, \`delete:\` or \`replace:\`
in a record with \`changetype: modify\` (RFC 2849). Here none is open: the line stands twice, or the record is an entry or another
kind of change. Remove the line.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\nsn: Doe\n-\n«-»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\n«-»\nreplace: sn\nsn: Doe\n-\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: add\ncn: Jane\n«-»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n«-»\n\n«-»\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\n-\nadd: l\nl: Rome\n-\n" },
    ],
  },
  "ldif-delete-with-attributes": {
    title: "A deletion of an object names attributes",
    severity: "error",
    message: "Nothing may follow the deletion of an object, which removes all of it: ldapmodify refuses the record",
    why: `\`changetype: delete\` deletes the object itself, so no attributes follow (RFC 2849). Lines behind it show that a modification
was meant: to remove values of an attribute, write \`changetype: modify\` and then \`delete: attribute\`. ldapmodify refuses the record
because of the extra lines; do not import it with a tool that reads over them.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n«delete: mail»\n«mail: jane@contoso.com»\n" },
      {
        good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\ndelete: mail\nmail: jane@contoso.com\n-\n",
      },
    ],
  },
  "ldif-mod-spec-expected": {
    title: "A value stands outside any modification",
    severity: "error",
    message:
      "{found} stands where a modification begins, with add, delete, replace or increment: ldapmodify refuses the record",
    why: `In a record with \`changetype: modify\` each modification begins with a line that says what to do and to which attribute, such
as \`replace: mail\`, and the values follow (RFC 2849). This line follows the change type or a hyphen but says no such thing. Add the
line that is missing, or remove the hyphen above if the value belongs to that modification.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\n«mail»: jane@contoso.com\n" },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nadd: mail\nmail: a@contoso.com\n-\n«mail»: b@contoso.com\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nREPLACE: mail\nmail: jane@contoso.com\n-\n" },
    ],
  },
  "ldif-mod-spec-attribute-differs": {
    title: "A modification holds a value of another attribute",
    severity: "error",
    message: "The modification is about {expected}, but the line is about {found}: ldapmodify refuses the record",
    why: `A modification names one attribute, and each of its values repeats that name (RFC 2849). A line with another name is a slip
of the pen, or a hyphen line and the beginning of the next modification are missing above it. ldapmodify answers "wrong
attributeType"; Samba's ldbmodify accepts the record and leaves open what it does. Give each attribute a modification of its own.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: mail\n«proxyAddresses»: SMTP:jane@contoso.com\n-\n",
      },
      {
        good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nadd: userCertificate;binary\nusercertificate;binary:: MIIB\n-\n",
      },
    ],
  },
  "ldif-mod-spec-not-closed": {
    title: "A modification is not closed by a hyphen line",
    severity: "error",
    message: "No hyphen line closes {modSpec}: ldifde refuses the record, and others refuse it or guess",
    why: `Every modification, the last one too, ends with a line that holds only a hyphen (RFC 2849). ldifde needs it. ldapmodify does
without the last one, but refuses the record when one is missing between two modifications; Samba accepts both. Add a line with
\`-\` and nothing else.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\n«sn: Doe»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\n«delete: mail»\n\n" },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: sn\nsn: Doe\n«replace»: mail\nmail: jane@contoso.com\n-\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nadd: delete\ndelete: x\n-\n" },
    ],
  },
  "ldif-increment-without-one-value": {
    title: "An increment has not exactly one value",
    severity: "error",
    message: "An increment takes exactly one value, the number to add: a directory refuses the change",
    why: `\`increment: attribute\` is followed by one line with the number that is to be added (RFC 4525). ldapmodify sends what the file
holds, and the directory refuses it. Keep one value, or write the result with \`replace:\` instead.`,
    sources: [RFC_2849, RFC_4525],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\n«increment: uidNumber»\n-\n" },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\n«increment: uidNumber»\nuidNumber: 1\nuidNumber: 2\n-\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nincrement: uidNumber\nuidNumber: 1\n-\n" },
    ],
  },
  "ldif-modrdn-incomplete": {
    title: "A renaming lacks a line",
    severity: "error",
    message: "The line {missing} is missing here: ldapmodify refuses the renaming",
    why: `\`changetype: modrdn\` (or \`moddn\`) is followed by \`newrdn\`, then \`deleteoldrdn\`, and then, to move the object,
\`newsuperior\`, in this order (RFC 2849). The first two are always needed: the new name, and whether the old one is to go. In Active
Directory, where an object has one name, it is \`deleteoldrdn: 1\`. Add the line.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\n«newrdn: CN=Janet»\n" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\n«changetype: modrdn»\n" },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: moddn\nnewrdn: CN=Jane\n«newsuperior: OU=Staff,DC=contoso,DC=com»\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Janet\ndeleteoldrdn: 1\n" },
    ],
  },
  "ldif-modrdn-line-unexpected": {
    title: "A renaming holds a line that does not belong there",
    severity: "error",
    message: "{found} has no place in a renaming, or not this one: ldapmodify refuses the record",
    why: `A renaming has \`newrdn\`, \`deleteoldrdn\` and perhaps \`newsuperior\`, each once and in this order, and nothing else (RFC 2849).
Changes of attributes need a record of their own with \`changetype: modify\`, which names the object by its new DN if it comes
later. Move or remove the line.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Janet\ndeleteoldrdn: 1\n«displayName: Janet»\n",
      },
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Janet\ndeleteoldrdn: 1\n«newrdn: CN=Jo»\n",
      },
      {
        good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: ntdsSchemaModRdn\nnewrdn: CN=Janet\ndeleteoldrdn: 1\nnewsuperior: DC=contoso,DC=com\n",
      },
    ],
  },
  "ldif-deleteoldrdn-not-0-or-1": {
    title: "deleteoldrdn is neither 0 nor 1",
    // Not an error: the LDIF readers of five directory products were tried, and all of them take `true` for 1.
    severity: "warning",
    message: "{value} is neither 0 nor 1: ldapmodify takes everything that does not begin with 0 for 1",
    why: `\`deleteoldrdn\` says whether the old name is removed from the object's attributes: \`1\` removes it, \`0\` keeps it (RFC 2849).
Files with \`true\` in this place exist, and common tools accept them. But ldapmodify would take \`false\` for 1 as well. Write
\`1\` or \`0\`; in Active Directory, where an object has one name, it is \`1\`.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Janet\ndeleteoldrdn: «true»\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Janet\ndeleteoldrdn: 0\n" },
    ],
  },
});
