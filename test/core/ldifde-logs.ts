import type { LogRow } from "./import-logs.ts";

const LDIFDE = `Connecting to "dc1.contoso.com"
Logging in as current user using SSPI
Importing directory from file "contoso.modify.ldf"
Loading entries`;

const REFUSED_16 = `The server side error is: 0x2085 The attribute value cannot be removed because it is not present on the object.
The extended server error is:
00002085: AtrErr: DSID-03152D2C, #1:
	0: 00002085: DSID-03152D2C, problem 1001 (NO_ATTRIBUTE_OR_VAL), data 0, Att 200d2 (proxyAddresses):len 46
`;

export const LDIFDE_LOGS: readonly LogRow[] = [
  {
    name: "all is applied",
    log: `${LDIFDE}.......\n6 entries modified successfully.\n\nThe command has completed successfully\n`,
    tool: "ldifde",
    statuses: "aaaaaa",
    failures: [],
  },
  {
    name: "it stops at the first error",
    log: `${LDIFDE}.\nAdd error on entry starting on line 2: No Such Attribute\n${REFUSED_16}\n0 entries modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "fnnnnn",
    failures: ["0 16 proxyAddresses"],
  },
  {
    name: "it stops in the middle, and a line within the record is told",
    log: `${LDIFDE}...\nAdd error on line 24: No Such Object\nThe server side error is: 0x208d Directory object not found.\nThe extended server error is:\n0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'OU=Users,DC=contoso,DC=com'\n\n2 entries modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "aafnnn",
    failures: ["2 32 -"],
  },
  {
    name: "the server says nothing more than the code",
    log: `${LDIFDE}..\nAdd error on entry starting on line 11: Unwilling To Perform\nThe server side error is "A device attached to the system is not functioning."\n1 entry modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "afnnnn",
    failures: ["1 53 -"],
  },
  {
    name: "with -k it goes on to the end",
    log: `${LDIFDE}.......\nAdd error on entry starting on line 20: No Such Object\nThe server side error is: 0x208d Directory object not found.\n\nAdd error on entry starting on line 32: Attribute Or Value Exists\nThe server side error is: 0x2083 The specified value already exists.\n\n4 entries modified successfully.\nThe command has completed successfully\n`,
    tool: "ldifde",
    statuses: "aafafa",
    failures: ["2 32 -", "4 20 -"],
  },
  {
    name: "with -k it stops all the same at an error that is not to be left out",
    log: `${LDIFDE}....\nAdd error on entry starting on line 11: Constraint Violation\nThe server side error is: 0x21c8 The operation failed because UPN value provided for addition/modification is not unique forest-wide.\nThe extended server error is:\n000021C8: AtrErr: DSID-03200BBA, #1:\n\t0: 000021C8: DSID-03200BBA, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (userPrincipalName)\n\nAdd error on entry starting on line 26: Insufficient Rights\nThe server side error is: 0x2098 Insufficient access rights to perform the operation.\nThe extended server error is:\n00002098: SecErr: DSID-03151656, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\n2 entries modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "afafnn",
    failures: ["1 19 userPrincipalName", "3 50 -"],
  },
  {
    name: "with -k some records are left out without a word",
    log: `${LDIFDE}.......\n4 entries modified successfully.\n\nThe command has completed successfully\n`,
    tool: "ldifde",
    statuses: "uuuuuu",
    failures: [],
  },
  {
    name: "ldif.err has no count, and names the entry",
    log: `Entry DN: CN=Ben Koch,OU=Users,DC=contoso,DC=com\nAdd error on entry starting on line 11: Insufficient Rights\nThe server side error is: 0x2098 Insufficient access rights to perform the operation.\nThe extended server error is:\n00002098: SecErr: DSID-03151656, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "ufuuuu",
    failures: ["1 50 -"],
  },
  {
    name: "with -v, each entry is told with its number",
    log: `${LDIFDE}\n1: CN=Anna Becker,OU=Users,DC=contoso,DC=com\nEntry modified successfully.\n\n2: CN=Ben Koch,OU=Users,DC=contoso,DC=com\nEntry modified successfully.\n\n3: CN=Nobody,OU=Users,DC=contoso,DC=com\nAdd error on entry starting on line 20: No Such Object\nThe server side error is: 0x208d Directory object not found.\n\n2 entries modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "aafnnn",
    failures: ["2 32 -"],
  },
  {
    name: "a syntax error has no code",
    log: `${LDIFDE}..\nThere is a syntax error in the input file\nFailed on line 22. The last token starts with 'q'.\n2 entries modified successfully.\nAn error has occurred in the program\n`,
    tool: "ldifde",
    statuses: "aafnnn",
    failures: ["2 - -"],
  },
  {
    name: "words of another language: the number of the line and the Windows error are enough",
    log: `Verbindung mit "dc1.contoso.com" wird hergestellt.\nVerzeichnis wird aus Datei "contoso.modify.ldf" importiert.\nFehler beim Hinzufügen in Zeile 11: Unzureichende Rechte\nDer serverseitige Fehler lautet: 0x2098 Nicht genügend Rechte.\n00002098: SecErr: DSID-03151656, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\n1 Eintrag wurde erfolgreich geändert.\n`,
    tool: "ldifde",
    statuses: "afnnnn",
    failures: ["1 50 -"],
  },
  {
    name: "the log of another file",
    log: `${LDIFDE}.\nAdd error on entry starting on line 900: No Such Object\nThe server side error is: 0x208d Directory object not found.\n\n80 entries modified successfully.\n`,
    tool: "ldifde",
    statuses: "uuuuuu",
    failures: [],
    unplaced: 1,
    doubts: 2,
  },
];
