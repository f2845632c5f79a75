import { LDIF_SCRIPTS, RFC_2849 } from "../sources.ts";
import { ldifRules } from "./rule.ts";

/** The file as a whole: what it is, how it is encoded, and what a search tool has to say behind its results. */
export const FILE_RULES = ldifRules({
  "ldif-not-ldif": {
    title: "The file is not LDIF",
    severity: "error",
    replacesFormatFindings: true,
    message: "The file is not LDIF: it has no record that begins with dn",
    why: `An LDIF file is made of records that begin with a \`dn:\` line (RFC 2849). This file has text, but no such record: it
is a table, a log or a report that was saved under the name of an LDIF file. Nothing was checked. Export with
\`ldifde -f users.ldf\`, or give a file of another format its own extension.`,
    sources: [RFC_2849],
    examples: [
      { bad: '«»DN,objectClass,mail\n"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com\n' },
      { bad: "«»distinguishedName: CN=Jane,DC=contoso,DC=com\nvalue: x\nupdate: y\n-\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
    ],
  },
  "ldif-empty": {
    title: "The file holds no entries",
    severity: "information",
    message: "The file holds no entries and no changes, so there is nothing to check",
    why: `The file is empty, or holds only comments, a version line or the trailer of a search tool. Often the search base
or the filter of the export found nothing. Look at the command that wrote the file, and at the rights of the account.`,
    sources: [RFC_2849],
    examples: [
      { bad: "«»" },
      { bad: "«»version: 1\n\n# no entries\n" },
      { bad: "«»# extended LDIF\n\nsearch: 2\nresult: 0 Success\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n" },
    ],
  },
  "ldif-byte-order-mark": {
    title: "The file begins with a UTF-8 byte order mark",
    severity: "warning",
    message: "A UTF-8 byte order mark stands before the first line: ldapmodify skips the first record without a word",
    why: `The mark is an invisible character that some editors and PowerShell 5.1 write at the beginning of a UTF-8 file.
RFC 2849 does not know it, so it becomes a part of the first line: ldapmodify then sees no \`dn:\` there and passes over the record,
and reports success. Reading is not affected here. Save the file as UTF-8 without a mark before you import it; in ASCII with
base64, the mark and the encoding do not matter.`,
    sources: [RFC_2849],
    // Whoever decodes the file takes the mark away and tells it: the reader never sees the character.
    examples: [
      { bad: "«\ufeff»dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
    ],
  },
  "ldif-encoding-guessed": {
    title: "The file is not UTF-8, and its encoding was guessed",
    severity: "information",
    message:
      "The file is neither UTF-8 nor marked as UTF-16, so it was read in a code page of Windows that fits its letters",
    why: `ldifde writes exports in the code page of the machine unless it is called with \`-u\`, and the file does not say which one
that is. It was read as Windows-1252, the code page of Western Europe and America, or, where its letters are those of a console, as code page
850. If names with accents look wrong here, the
code page is another: export again with \`ldifde -u\`, or convert the file to UTF-8.`,
    sources: [RFC_2849, LDIF_SCRIPTS],
    // Found by whoever decodes the bytes; in a text, which is what an example is, there is nothing to see of it.
    examples: [
      { bad: "«»dn: CN=Jane,DC=contoso,DC=com\nsn: Müller\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nsn:: TcO8bGxlcg==\n" },
    ],
  },
  "ldif-no-final-line-end": {
    title: "The last line has no line end",
    severity: "information",
    message: "The file ends in the middle of a line: the export may be cut off",
    why: `Every line of an LDIF file ends with a line end, the last one too (RFC 2849), and every export tool writes it. Where it
is missing, the file was edited by hand, or the export was broken off or copied in part. Look whether the last entry is
complete. Tools read such a file without complaint.`,
    sources: [RFC_2849],
    examples: [
      { bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jan«e»" },
      { bad: "dn: CN=Jane,DC=contoso,DC=com\nchangetype: modify\nreplace: cn\ncn: Jane\n«-»" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n# end" },
    ],
  },
  "ldif-version-repeated": {
    title: "The version line occurs again",
    severity: "information",
    message: "The version line stands at the head of a file only: this file seems to be put together from several",
    why: `RFC 2849 has one \`version:\` line, before the first record. Another one in the middle shows that several exports were copied
into one file. ldapmodify passes over it, stricter tools take it for a record without a DN. Objects may occur more than once in
such a file, which the rules about duplicates then tell.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "version: 1\n\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n«version: 1»\n\ndn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n",
      },
      {
        bad: "version: 1\r\ndn: CN=Jane,DC=contoso,DC=com\r\ncn: Jane\r\n\r\n«version: 1»\r\ndn: CN=Joe,DC=contoso,DC=com\r\ncn: Joe\r\n",
      },
      { good: "version: 1\n\ndn: CN=Jane,DC=contoso,DC=com\nversion: 2\n" },
    ],
  },
  "ldif-version-unknown": {
    title: "The file names an unknown version of LDIF",
    severity: "warning",
    message: "{version} is no version of LDIF that is known: ldapmodify complains and reads on as version 1",
    why: `There is one version of LDIF, and its number is 1 (RFC 2849). ldapmodify prints "invalid version" and goes on, as this
check does; other tools refuse the file. Look what wrote it, and write \`version: 1\` or leave the line out.`,
    sources: [RFC_2849],
    examples: [
      { bad: "version: «2»\n\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { bad: "version:: «Mg==»\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { good: "Version:1\n\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
    ],
  },
  "ldif-export-incomplete": {
    title: "The search that wrote the export ended with an error",
    severity: "warning",
    message: "The search ended with {result}, so entries may be missing from the export",
    why: `ldapsearch writes the result of the search behind the entries, and 0 means success. Any other number means that the
directory stopped early; 4 is a size limit, which is 1000 entries in Active Directory unless the search asks for pages. Rules
about duplicates see only what the file holds. Export again with paging (\`-E pr=500/noprompt\`) or with ldifde.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n# search result\nsearch: 2\nresult: «4 Size limit exceeded»\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n# search result\nsearch: 2\nresult: 0 Success\n" },
    ],
  },
  "ldif-referral-not-followed": {
    title: "The search was referred to another server",
    severity: "information",
    oncePerFile: true,
    message: "The search was referred to {url}, whose objects are not in this export",
    why: `Active Directory answers a search over a whole domain with references to its other partitions and domains. Search tools
print them between or behind the entries. The partitions that an Active Directory domain always names hold no users. Where the
reference names a domain that is synchronized too, export that one as well: an address can be taken there. It is told once for
each file.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n# search reference\nref: «ldap://emea.contoso.com/DC=emea,DC=contoso,DC=com»\n\nref: ldap://apac.contoso.com/DC=apac,DC=contoso,DC=com\n",
      },
      { good: "dn: CN=Jane,DC=contoso,DC=com\nref: x\n\n# refldap://emea.contoso.com/DC=emea,DC=contoso,DC=com\n" },
    ],
  },
  "ldif-include-not-read": {
    title: "The file asks for another file to be read",
    severity: "warning",
    message: "The file asks to include {line}, which is never opened here, so its entries are not checked",
    why: `\`include:\` is an addition of OpenLDAP to LDIF: its tools read the named file in that place. RFC 2849 does not know it, and
neither does ldifde. This check opens no file but the one it was given. Check the other file by itself.`,
    sources: [RFC_2849],
    examples: [
      { bad: "include: «file:///exports/staff.ldif»\n\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n" },
      { good: "dn: CN=Jane,DC=contoso,DC=com\ndescription: include: x\n" },
    ],
  },
  "ldif-content-and-changes-mixed": {
    title: "The file mixes entries and changes",
    severity: "warning",
    message:
      "Records with and without changetype stand in one file: ldapmodify refuses those without, ldapadd adds them",
    why: `An LDIF file holds either entries or changes, not both (RFC 2849). What a tool makes of a record without \`changetype\` in a
file of changes differs: ldapmodify takes it for a modification and refuses it, \`ldapmodify -a\` adds it, stricter tools refuse the
file. Put the entries and the changes into files of their own. Rules look only at the entries.`,
    sources: [RFC_2849],
    examples: [
      {
        bad: "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\n«dn: CN=Joe,DC=contoso,DC=com»\nchangetype: delete\n\ndn: CN=Jim,DC=contoso,DC=com\nchangetype: delete\n",
      },
      {
        bad: "dn: CN=Joe,DC=contoso,DC=com\nchangetype: add\ncn: Joe\n\n«dn: CN=Jane,DC=contoso,\n DC=com»\ncn: Jane\n",
      },
      {
        good: "dn: CN=Joe,DC=contoso,DC=com\nchangetype: add\ncn: Joe\n\ndn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n",
      },
    ],
  },
});
