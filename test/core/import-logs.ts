import { LDAPMODIFY_LOGS, LDBMODIFY_LOGS } from "./ldap-tool-logs.ts";
import { LDIFDE_LOGS } from "./ldifde-logs.ts";

/**
 * Logs of imports, as data. Those of ldapmodify 2.5.13 and ldbmodify (Samba 4.17) were written by runs against a directory with invented names; those
 * of ldifde follow what Microsoft's articles and published logs show, with other names and numbers.
 */
export const MODIFY_FILE = `# Written by Syncready
dn: CN=Anna Becker,OU=Users,DC=contoso,DC=com
changetype: modify
delete: proxyAddresses
proxyAddresses: SMTP:gone@contoso.com
-
add: proxyAddresses
proxyAddresses: SMTP:anna@contoso.com
-

dn: CN=Ben Koch,OU=Users,DC=contoso,DC=com
changetype: modify
delete: mail
mail: x@contoso.com
-
add: mail
mail: ben@contoso.com
-

dn: CN=Nobody,OU=Users,DC=contoso,DC=com
changetype: modify
add: displayName
displayName: Nobody
-

dn:: Q049SsO8cmdlbiBHcm/DnyxPVT1Vc2VycyxEQz1jb250b3NvLERDPWNvbQ==
changetype: modify
add: proxyAddresses
proxyAddresses: smtp:x@contoso.com
-

dn: CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com
changetype: modify
add: displayName
displayName: Second
-

dn: CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com
changetype: modify
add: mailNickname
mailNickname: cara
-

`;

/** One letter a record: a(pplied), f(ailed), n(ot applied), u(nknown). */
export interface LogRow {
  readonly name: string;
  readonly log: string;
  readonly tool: "ldifde" | "ldapmodify" | "ldbmodify";
  readonly statuses: string;
  /** `record code attribute` of each failure that has a place, in the order of the file; `-` for what is not told. */
  readonly failures: readonly string[];
  readonly unplaced?: number;
  readonly doubts?: number;
}

export const ALL_LOGS: readonly LogRow[] = [...LDIFDE_LOGS, ...LDAPMODIFY_LOGS, ...LDBMODIFY_LOGS];

/** What no tool has written about an import. */
export const OTHER_TEXTS: readonly string[] = [
  "",
  "\n\n",
  MODIFY_FILE,
  "dn: CN=A,DC=contoso,DC=com\ndescription: error on 5: x\n",
  "2026-01-02 10:00:01 INFO started\n2026-01-02 10:00:02 ERROR exit code 5: nothing\n",
  'DN,objectClass\n"CN=A,DC=contoso,DC=com",user\n',
];
