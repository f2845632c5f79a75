import type { LogRow } from "./import-logs.ts";

const OUTPUT = ["Anna Becker", "Ben Koch", "Nobody", "Jürgen Groß", "Cara Lindqvist", "Cara Lindqvist"].map(
  (name) => `modifying entry "CN=${name},OU=Users,DC=contoso,DC=com"\n`,
);

const NO_VALUE =
  "ldap_modify: No such attribute (16)\n\tadditional info: modify/delete: proxyAddresses: no such value\n";
const NO_OBJECT = "ldap_modify: No such object (32)\n\tmatched DN: ou=Users,dc=contoso,dc=com\n";
const EXISTS =
  "ldap_modify: Type or value exists (20)\n\tadditional info: modify/add: proxyAddresses: value #0 already exists\n";
const TWO_VALUES =
  "ldap_modify: Constraint violation (19)\n\tadditional info: attribute 'displayName' cannot have multiple values\n";
const NO_RIGHTS = "ldap_modify: Insufficient access (50)\n";

/** What a terminal shows: each error behind its record. */
function shown(errors: readonly string[]): string {
  return errors.map((error, at) => `${OUTPUT[at]}${error}\n`).join("");
}

/** What a file gets: standard error at once, standard output at the end. */
function redirected(errors: readonly string[]): string {
  return `${errors.join("")}${OUTPUT.slice(0, errors.length).join("\n")}\n`;
}

const CONTINUED = [NO_VALUE, "", NO_OBJECT, EXISTS, TWO_VALUES, ""];

export const LDAPMODIFY_LOGS: readonly LogRow[] = [
  {
    name: "-c, as a terminal shows it",
    log: shown(CONTINUED),
    tool: "ldapmodify",
    statuses: "fafffa",
    failures: ["0 16 proxyAddresses", "2 32 -", "3 20 proxyAddresses", "4 19 displayName"],
  },
  {
    name: "-c -v, as a terminal shows it",
    log: `ldap_initialize( ldap://dc1.contoso.com:389/??base )\nreplace displayName:\n\tv0\n${OUTPUT[0]}${NO_OBJECT}\nreplace displayName:\n\tv1\n${OUTPUT[1]}modify complete\n\n`,
    tool: "ldapmodify",
    statuses: "fannnn",
    failures: ["0 32 -"],
  },
  {
    name: "it stops at the first error",
    log: shown([NO_VALUE]),
    tool: "ldapmodify",
    statuses: "fnnnnn",
    failures: ["0 16 proxyAddresses"],
  },
  {
    name: "it stops at the first error, and its output goes to a file",
    log: redirected(["", "", NO_OBJECT]),
    tool: "ldapmodify",
    statuses: "aafnnn",
    failures: ["2 32 -"],
  },
  {
    name: "-c into a file: what can be about one record only is placed, and of the others nothing is known",
    log: redirected(CONTINUED),
    tool: "ldapmodify",
    statuses: "fuufuu",
    failures: ["0 16 proxyAddresses", "3 20 proxyAddresses"],
    unplaced: 2,
  },
  {
    name: "-c into a file, where all have failed",
    log: redirected(Array(6).fill(NO_RIGHTS)),
    tool: "ldapmodify",
    statuses: "ffffff",
    failures: [0, 1, 2, 3, 4, 5].map((at) => `${at} 50 -`),
  },
  {
    name: "a block of output ends in the middle of a word",
    log: `${NO_VALUE}${OUTPUT[0]}\nmodifying entry "CN=Ben Ko${EXISTS}ch,OU=Users,DC=contoso,DC=com"\n\n${OUTPUT.slice(2).join("\n")}\n`,
    tool: "ldapmodify",
    statuses: "faafaa",
    failures: ["0 16 proxyAddresses", "3 20 proxyAddresses"],
  },
  {
    name: "only the errors were kept",
    log: CONTINUED.join(""),
    tool: "ldapmodify",
    statuses: "fuufuu",
    failures: ["0 16 proxyAddresses", "3 20 proxyAddresses"],
    unplaced: 2,
  },
  {
    name: "-n changes nothing",
    log: OUTPUT.map((line) => `!${line}\n`).join(""),
    tool: "ldapmodify",
    statuses: "nnnnnn",
    failures: [],
  },
  {
    name: "it could not read a record",
    log: `${OUTPUT[0]}\nldapmodify: invalid format (line 13) entry: "CN=Ben Koch,OU=Users,DC=contoso,DC=com"\n`,
    tool: "ldapmodify",
    statuses: "afnnnn",
    failures: ["1 89 -"],
  },
  {
    name: "it could not read a record and went on",
    log: `${OUTPUT[0]}\nldapmodify: wrong attributeType at line 13, entry "CN=Ben Koch,OU=Users,DC=contoso,DC=com"\n${OUTPUT[2]}${NO_OBJECT}\n${OUTPUT.slice(3).join("\n")}\n`,
    tool: "ldapmodify",
    statuses: "affaaa",
    failures: ["1 89 -", "2 32 -"],
  },
  {
    name: "it warned of a record, and sent it",
    log: `ldapmodify: attributeDescription "dn": (possible missing newline after line 12, entry "CN=Anna Becker,OU=Users,DC=contoso,DC=com"?)\n${shown(["", "", NO_OBJECT])}`,
    tool: "ldapmodify",
    statuses: "aafnnn",
    failures: ["2 32 -"],
  },
  {
    name: "the account was not taken",
    log: "ldap_bind: Invalid credentials (49)\n",
    tool: "ldapmodify",
    statuses: "nnnnnn",
    failures: [],
  },
  {
    name: "the server could not be reached",
    log: "ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1)\n",
    tool: "ldapmodify",
    statuses: "nnnnnn",
    failures: [],
  },
  {
    name: "the server went away",
    log: shown(["", "ldap_modify: Can't contact LDAP server (-1)\n"]),
    tool: "ldapmodify",
    statuses: "afnnnn",
    failures: ["1 81 -"],
  },
  {
    name: "Active Directory's words over two lines",
    log: shown([
      "ldap_modify: Constraint violation (19)\n\tadditional info: 000021C8: AtrErr: DSID-03200BBA, #1:\n\t0: 000021C8: DSID-03200BBA, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (userPrincipalName)\n",
      "",
    ]),
    tool: "ldapmodify",
    statuses: "fannnn",
    failures: ["0 19 userPrincipalName"],
  },
  {
    name: "Samba's words",
    log: shown([
      "ldap_modify: Server is unwilling to perform (53)\n\tadditional info: 00002035: samldb: objectSid must not be specified!\n",
    ]),
    tool: "ldapmodify",
    statuses: "fnnnnn",
    failures: ["0 53 -"],
  },
  {
    name: "the refused records that -S keeps",
    log: `# Error: No such attribute (16), additional info: modify/delete: mail: no such value
dn: CN=Ben Koch,OU=Users,DC=contoso,DC=com
changetype: modify
delete: mail
mail: x@contoso.com
-
add: mail
mail: ben@contoso.com
-

# Error: Type or value exists (20), additional info: modify/add: proxyAddresses: value #0 already exists
dn:: Q049SsO8cmdlbiBHcm/DnyxPVT1Vc2VycyxEQz1jb250b3NvLERDPWNvbQ==
changetype: modify
add: proxyAddresses
proxyAddresses: smtp:x@contoso.com
-

# Error: Bad parameter to an ldap routine (-9)
dn: CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com
changetype: modify
add: displayName
displayName: Second
-

`,
    tool: "ldapmodify",
    statuses: "afaffa",
    failures: ["1 16 mail", "3 20 proxyAddresses", "4 89 -"],
  },
];

export const LDBMODIFY_LOGS: readonly LogRow[] = [
  {
    name: "all is applied",
    log: "Modified 6 records successfully\n",
    tool: "ldbmodify",
    statuses: "aaaaaa",
    failures: [],
  },
  {
    name: "an error takes all of the file back",
    log: `ERR: (No such attribute) "attribute 'mail': no matching attribute value while deleting attribute on 'CN=Ben Koch,OU=Users,DC=contoso,DC=com'" on DN CN=Ben Koch,OU=Users,DC=contoso,DC=com at block before line 19\nModify failed after processing 1 records\n`,
    tool: "ldbmodify",
    statuses: "nfnnnn",
    failures: ["1 16 mail"],
  },
  {
    name: "-v, with the line behind the record",
    log: `Modified CN=Anna Becker,OU=Users,DC=contoso,DC=com\nERR: (Attribute or value exists) "SINGLE-VALUE attribute displayName on CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com specified more than once" on DN CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com at block before line 37\nModify failed after processing 4 records\n`,
    tool: "ldbmodify",
    statuses: "nnnnfn",
    failures: ["4 20 displayName"],
  },
  {
    name: "a record that cannot be read",
    log: "Error: First line of ldif must be a dn not 'version'\nFailed to parse ldif\nModify failed after processing 0 records\n",
    tool: "ldbmodify",
    statuses: "nnnnnn",
    failures: [],
  },
  {
    name: "reading ended without an error, and exit code 0",
    log: "Error: Attribute value cannot be empty for attribute 'displayName'\nModified 2 records successfully\n",
    tool: "ldbmodify",
    statuses: "aannnn",
    failures: [],
  },
];
