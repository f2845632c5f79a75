import fc from "../property.ts";

/** Small exports and modify files as tools write them, to be damaged. */
export const FILES = [
  "dn: CN=Jane Doe,OU=Staff,DC=contoso,DC=com\r\nchangetype: add\r\nobjectClass: user\r\nproxyAddresses: \r\n SMTP:jane@contoso.com\r\nobjectGUID:: rhJFFss/\r\n lkqXe8EMnMZJHg==\r\nsn:: TcO8bGxlcg==\r\n\r\ndn:: Q049SsOpcsO0bWUsREM9Y29udG9zbyxEQz1jb20=\r\nchangetype: add\r\ncn:: SsOpcsO0bWU=\r\n\r\n",
  "# extended LDIF\n#\n# filter: (cn=*)\n#\n\n# Jane, contoso.com\ndn: CN=Jane,DC=contoso,DC=com\ncn: Jane\ndescription: a long text that is folded in the mid\n dle of a word\ninfo:: 8J+YgPCfmIDwn5iA\n 8J+YgA==\n\n# search reference\nref: ldap://contoso.com/CN=Configuration\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numEntries: 1\n",
  "# record 1\ndn: CN=Jérôme 😀,DC=contoso,DC=com\nobjectSid: S-1-5-21-1-2-3-1104\nmember;range=0-1: CN=a\ndescription: <none \n\n# returned 1 records\n",
  "version: 1\n\ndn: CN=Jane,DC=contoso,DC=com\ncontrol: 1.2.840.113556.1.4.805 true\nchangetype: modify\ndelete: proxyAddresses\nproxyAddresses: smtp:old@contoso.com\n-\nadd: proxyAddresses\nproxyAddresses: smtp:new@contoso.com\n-\n\ndn: CN=Joe,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Jo\ndeleteoldrdn: 1\n\n",
];

export const PIECES = [
  ...[
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n ",
    "\r\n ",
    "\n \n",
    "\n\t",
    "\t",
    " ",
    "  ",
    "-",
    "\n-\n",
    "#",
    "\n# x\n",
    ":",
    "::",
    ":<",
    "=",
    "==",
  ],
  ...[
    "\ndn: CN=x\n",
    "\n\ndn:: Q049eA==\n",
    "\nversion: 1\n",
    "\nchangetype: modify\n",
    "\nadd: x\n",
    "\nx:: YQ==\n",
    "\nx:: /w==\n",
  ],
  ...["\0", "\ufeff", "\ufffd", "é", "😀", "\ud83d", "\ude00", "\u2028", '"', "\\", "\\C3", "<", ";", ",", "+"],
];

interface Damage {
  readonly at: number;
  readonly length: number;
  readonly kind: "delete" | "duplicate" | "insert" | "flip";
  readonly piece: string;
}

const damages = (pieces: readonly string[]) =>
  fc.array(
    fc.record<Damage>({
      at: fc.nat(600),
      length: fc.nat(40),
      kind: fc.constantFrom("delete", "duplicate", "insert", "flip"),
      piece: fc.constantFrom(...pieces),
    }),
    { minLength: 1, maxLength: 5 },
  );

function damage(text: string, { at: where, length, kind, piece }: Damage): string {
  const at = where % (text.length + 1);
  const [before, part, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  if (kind === "delete") return before + after;
  if (kind === "duplicate") return before + part + part + after;
  if (kind === "insert") return before + piece + part + after;
  return before + String.fromCharCode(text.charCodeAt(at) ^ (1 << (length % 8))) + text.slice(at + 1);
}

/** Small tables as programs write them, to be damaged. */
export const TABLES = [
  'DN,objectClass,proxyAddresses,objectSid,homeDirectory,info\r\n"CN=Doe\\, Jane,OU=Staff,DC=contoso,DC=com",user,SMTP:jane@contoso.com;X400:c=us\\;a= \\;p=Contoso\\;;smtp:j@contoso.com,X\'010500\',c:\\\\home,"one\r\ntwo, ""three"""\r\n"CN=Jörg 😀,DC=contoso,DC=com",user,,X\'4ac3a9\',,\r\n',
  '#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n"DistinguishedName","EmailAddress","proxyAddresses","Surname"\r\n"CN=Jane,DC=contoso,DC=com","jane@contoso.com","SMTP:jane@contoso.com; smtp:j@contoso.com",\r\n"CN=Joe,DC=contoso,DC=com",,"Microsoft.ActiveDirectory.Management.ADPropertyValueCollection","M?ller"\r\n',
  'DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,PROPOSEDACTION,ACTION\n"CN=Ann "Annie" Lee,DC=contoso,DC=com",Ann "Annie" Lee,user,proxyAddresses,"Format, Character",smtp:a b@contoso.com,smtp:ab@contoso.com,Edit,EDIT\n',
  'DistinguishedName;SamAccountName;member\nCN=Team,DC=contoso,DC=com;team;"CN=A,DC=contoso,DC=com;CN=B,DC=contoso,DC=com"\nCN=X;"open\nCN=Y;y;\n',
];

/** One of the files that something has happened to, once or several times; `pieces` are what may get into it. */
export const damaged = (files: readonly string[], pieces: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...files), damages(pieces))
    .map(([file, all]) => all.reduce((text, each) => damage(text, each), file));

/** LDIF that something has happened to. */
export const damagedFile = damaged(FILES, PIECES);

/** A table that something has happened to. */
export const damagedTable = damaged(TABLES, PIECES);
