import type { CsvProblemArguments, CsvProblemId } from "../../csv/problem.ts";
import type { Rule } from "../../engine/rule.ts";
import { formatRules } from "../format-rules.ts";
import { CSVDE, EXPORT_CSV, RFC_4180, RFC_4514 } from "../sources.ts";

const BY_ID = formatRules<CsvProblemArguments>()({
  "csv-empty": {
    title: "The file holds no objects",
    severity: "information",
    message: "The file has a header but no object below it, so there is nothing to check",
    why: `The columns are there, and no row of an object follows. Often the search base or the filter of the export found nothing, or the
account may not read what it asked for. Look at the command that wrote the file.`,
    sources: [RFC_4180],
    examples: [
      { bad: "«»DN,objectClass,mail\n" },
      { bad: '«»"DistinguishedName","SamAccountName"\n\n' },
      { good: 'DN,objectClass,mail\n"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com\n' },
    ],
  },
  "csv-encoding-guessed": {
    title: "The file is not UTF-8, and its encoding was guessed",
    severity: "information",
    message:
      "The file is neither UTF-8 nor marked as UTF-16, so it was read in a code page of Windows that fits its letters",
    why: `Export-Csv of Windows PowerShell and csvde without \`-u\` write a code page of the computer, and the file does not say which one that is.
It was read as Windows-1252 or, where its letters are those of a console, as code page 850. If names with accents look wrong
here, the code page is another: export again with \`Export-Csv -Encoding UTF8\` or \`csvde -u\`.`,
    sources: [EXPORT_CSV, CSVDE],
    // Found by whoever decodes the bytes; in a text, which is what an example is, there is nothing to see of it.
    examples: [{ bad: "«»DN,sn\nCN=Jane,Müller\n" }, { good: "DN,sn\nCN=Jane,Miller\n" }],
  },
  "csv-row-length": {
    title: "A row has another number of fields than the header",
    severity: "error",
    message: "This row has {found} fields where the header has {expected}: its values may stand in the wrong columns",
    why: `Each row of a table has as many fields as its header. One too many is mostly a separator within a value that is not quoted,
such as the commas of a DN; one too few is a separator, or the end of a line, that was lost. From there on every value stands under
the wrong name, so what is found in this row may be wrong, and nothing of it goes into a modify file. Quote the value, or export again.`,
    sources: [RFC_4180],
    examples: [
      { bad: "DN,objectClass,mail\n«CN=Jane,DC=contoso,DC=com,user,jane@contoso.com»\n" },
      { bad: '"DistinguishedName","mail","title"\n«"CN=Jane,DC=contoso,DC=com","jane@contoso.com"»\n' },
      { good: 'DN,objectClass,mail\n"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com\n' },
      { bad: 'DN,objectClass,mail\n«"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com,»\n' },
    ],
  },
  "csv-file-cut": {
    title: "The file ends in the middle of a row",
    severity: "error",
    message:
      "The file ends in the middle of this row, after {found} of {expected} fields: the export, or a copy of it, is not complete",
    why: `The last row has no line end and not all of its fields: the program that wrote the file was stopped, the disk was full, or a
copy was cut off. What would follow is missing, and with it duplicates are not found and references seem to lead nowhere. Export again.`,
    sources: [RFC_4180],
    examples: [
      {
        bad: 'DN,objectClass,mail\n"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com\n"CN=Joe,DC=contoso,DC=com",use«r»',
      },
      { good: 'DN,objectClass,mail\n"CN=Jane,DC=contoso,DC=com",user,jane@contoso.com' },
    ],
  },
  "csv-row-too-long": {
    title: "A row is too long to be read",
    severity: "error",
    message: "This row is longer than {limit} characters: it was not read",
    why: `Rows of that length do not occur in directories. Most often it is a file of another kind. The row was passed over up to its first
line end, and what comes after it was checked.`,
    sources: [RFC_4180],
    examples: [
      { bad: `DN,mail\n«C»N=${"Jane".repeat(60)},jane@contoso.com\nCN=Joe,joe@contoso.com\n` },
      { good: "DN,mail\nCN=Jane,jane@contoso.com\n" },
    ],
  },
  "csv-quote-not-closed": {
    title: "A quote is never closed",
    severity: "error",
    message: "This quote opens a field that nothing closes: the field was taken to end where its line does",
    why: `A field that begins with a quotation mark goes on to the next one before a separator or a line end, over line ends too (RFC 4180).
Here none follows that could be it, so the field was read like one without quotes, and the next line as a row of its own. Close the
quote, or double it if it is a part of the value. Nothing of the row goes into a modify file.`,
    sources: [RFC_4180],
    examples: [
      {
        bad: 'DN;mail;title\nCN=Jane,DC=contoso,DC=com;jane@contoso.com;«"Boss»\nCN=Joe,DC=contoso,DC=com;joe@contoso.com;\n',
      },
      { good: 'DN;mail;title\nCN=Jane,DC=contoso,DC=com;jane@contoso.com;group"2\n' },
      { good: 'DN;mail;info\nCN=Jane,DC=contoso,DC=com;jane@contoso.com;"one\ntwo"\n' },
    ],
  },
  "csv-quote-not-doubled": {
    title: "Quotes within a field are not doubled",
    severity: "warning",
    message: "A quote within a quoted field is written twice: other programs read this field in another way",
    why: `Within a quoted field a quotation mark is written as two (RFC 4180). Here one stands alone. It was taken for a part of the value, since
neither a separator nor a line end follows it; Excel and Import-Csv do other things with it. Double it.`,
    sources: [RFC_4180],
    examples: [
      { bad: 'DN,objectClass,displayName\n"CN=Ann,DC=contoso,DC=com",user,"«Ann "Annie" Lee»"\n' },
      { good: 'DN,objectClass,displayName\n"CN=Ann,DC=contoso,DC=com",user,"Ann ""Annie"" Lee"\n' },
      {
        good: 'DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTION,ACTION\n"CN=Ann "Annie" Lee,DC=contoso,DC=com",Ann "Annie" Lee,user,mail,Format,ann@contoso.com,,,\n',
      },
    ],
  },
  "csv-column-twice": {
    title: "Two columns have the same name",
    severity: "warning",
    message: "The column {column} is there twice: only the first one is read",
    why: `Import-Csv refuses such a table, and nobody can say which of two values is the right one. It mostly comes from two exports that were
put side by side. Remove or rename one of the columns.`,
    sources: [EXPORT_CSV],
    examples: [
      { bad: "DN,mail,«mail»\nCN=Jane,jane@contoso.com,\n" },
      { good: "DN,mail,otherMailbox\nCN=Jane,jane@contoso.com,\n" },
    ],
  },
  "csv-header-turkish": {
    title: "The header has Turkish letters",
    severity: "information",
    oncePerFile: true,
    message: "{column} has letters that a Turkish Windows makes of English ones: it was read as if it had not",
    why: `IdFix writes its column names in the capitals of the computer's language, and in Turkish the capital of i has a dot. No program, IdFix on
another computer included, knows the columns again. They were understood here; to use the file elsewhere, correct the header.`,
    sources: ["https://github.com/microsoft/idfix"],
    examples: [
      {
        bad: "«DİSTİNGUİSHEDNAME»,COMMONNAME,OBJECTCLASS,ATTRİBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTİON,ACTİON\n",
      },
      { good: "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTION,ACTION\n" },
    ],
  },
  "csv-column-lost": {
    title: "A column holds the name of a type instead of values",
    severity: "warning",
    message:
      "The values of {column} are not in the file: Export-Csv has written the name of their type; export again with {command}",
    why: `Export-Csv writes one text for each property. Where a property is a list, as proxyAddresses and member are, that text is the name of the
list's type, and the values are lost. Nothing about them can be checked, and nothing found here says that they are right. Join the
values yourself before Export-Csv:

\`\`\`powershell
Get-ADUser -Filter * -Properties mail, proxyAddresses |
  Select-Object *, @{ n = 'proxyAddresses'; e = { $_.proxyAddresses -join ';' } } -ExcludeProperty proxyAddresses |
  Export-Csv users.csv -NoTypeInformation -Encoding UTF8
\`\`\`

csvde and ldifde write all values without any of that.`,
    sources: [EXPORT_CSV],
    examples: [
      {
        bad: '"DistinguishedName","proxyAddresses"\n"CN=Jane,DC=contoso,DC=com","«Microsoft.ActiveDirectory.Management.ADPropertyValueCollection»"\n"CN=Joe,DC=contoso,DC=com","Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"\n',
      },
      { bad: '"Id","UserPrincipalName","ProxyAddresses"\n"7","jane@contoso.com","«System.String[]»"\n' },
      {
        good: '"DistinguishedName","proxyAddresses"\n"CN=Jane,DC=contoso,DC=com","SMTP:jane@contoso.com;smtp:j@contoso.com"\n',
      },
    ],
  },
  "csv-letters-lost": {
    title: "Question marks stand where letters were",
    severity: "warning",
    message:
      "Question marks stand within names: letters that are not ASCII are lost; export again with Export-Csv -Encoding UTF8",
    why: `Export-Csv of Windows PowerShell 5.1 writes ASCII unless it is told otherwise, and a question mark in place of every letter that ASCII
lacks. The letters cannot be brought back from this file. A modify file made of it would write question marks into the directory
where such a value is changed. Export again with \`-Encoding UTF8\`; PowerShell 7 does that without being told.`,
    sources: [EXPORT_CSV],
    examples: [
      {
        bad: '"DistinguishedName","Surname"\n"CN=J M,DC=contoso,DC=com","«M?l»ler"\n"CN=F O,DC=contoso,DC=com","Fran?ois"\n',
      },
      { good: '"DistinguishedName","DisplayName"\n"CN=J M,DC=contoso,DC=com","Who is it?"\n' },
      {
        good: '"DistinguishedName","Surname"\n"CN=J M,DC=contoso,DC=com","Müller"\n"CN=F O,DC=contoso,DC=com","Wh?re"\n',
      },
    ],
  },
  "csv-hex-malformed": {
    title: "Bytes in hexadecimal digits cannot be read",
    severity: "error",
    message: "{value} is no X'...' with pairs of hexadecimal digits: the bytes of this value are not known",
    why: `csvde writes values that are no text as X, an apostrophe, two hexadecimal digits for each byte, and an apostrophe. Here one of them is
missing or wrong, most often since a spreadsheet or an editor has shortened the value. It is taken for a text here, and nothing of the
row goes into a modify file. Export again.`,
    sources: [CSVDE],
    examples: [
      { bad: "DN,objectSid\nCN=Jane,«X'0105000»\n" },
      { good: "DN,objectSid\nCN=Jane,X'010500'\n" },
      { good: "DN,description\nCN=Jane,X's files\n" },
    ],
  },
  "csv-dn-malformed": {
    title: "The DN of a row cannot be read",
    severity: "error",
    message: "This is no distinguished name, since {reason}: {dn}",
    why: `A row's object is named by its DN: parts such as \`CN=Jane Doe\`, joined by commas (RFC 4514). Without it nobody can say which object the row
is about, so nothing of the row goes into a modify file. Spreadsheets and scripts like to change the commas or to glue the next cell to
the DN. Export again, or correct the cell.`,
    sources: [RFC_4514, CSVDE],
    examples: [
      { bad: 'DN,mail\n"OU=IT«;»DC=contoso;DC=com",it@contoso.com\n' },
      { bad: 'DN,mail\n"CN=Jane,DC=contoso,«""inetOrgPerson ""»",jane@contoso.com\n' },
      { good: 'DN,mail\n"CN=Doe\\, Jane,DC=contoso,DC=com",jane@contoso.com\n' },
    ],
  },
  "csv-name-missing": {
    title: "A row does not say which object it is about",
    severity: "warning",
    message: "The field under {column} is empty: nobody can say which object this row is about, so it was passed over",
    why: `Each row is about one object, and one column names it. A row without that name cannot be checked against others or go into a modify file.
Often it is a total, a note, or a row that a filter has emptied. Remove it, or export again.`,
    sources: [RFC_4180],
    examples: [{ bad: "DN,mail\n«,»jane@contoso.com\n" }, { good: "DN,mail\nCN=Jane,jane@contoso.com\n" }],
  },
  "csv-null-character": {
    title: "The row holds a NUL character",
    severity: "error",
    message: "A NUL character stands here: the file is damaged, or in an encoding that was not recognized",
    why: `No directory has a text with this character. It comes from UTF-16 that was read as something else, or from a copy that went wrong. Nothing of
the row goes into a modify file. Export again.`,
    sources: [RFC_4180],
    examples: [{ bad: "DN,mail\nCN=Jane,j«\0»ane\n" }, { good: "DN,mail\nCN=Jane,jane@contoso.com\n" }],
  },
  "csv-replacement-character": {
    title: "A character was lost before the file was read",
    severity: "error",
    message: "The character U+FFFD stands for one that was lost: the value is not what the directory holds",
    why: `A program that reads bytes in the wrong encoding writes this character for what it cannot read. Nothing of the row goes into a modify file.
Open the file in the right encoding, or export again with \`-Encoding UTF8\` or \`csvde -u\`.`,
    sources: [RFC_4180, EXPORT_CSV],
    examples: [{ bad: "DN,sn\nCN=Jane,M«\ufffd»ller\n" }, { good: "DN,sn\nCN=Jane,Müller\n" }],
  },
}) satisfies Readonly<Record<CsvProblemId, Rule>>;

/** The rules about the format of CSV exports. */
export const CSV_RULES: readonly Rule[] = Object.values(BY_ID);
