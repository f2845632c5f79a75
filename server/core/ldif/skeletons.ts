/** A text to be filled in, in the snippet syntax of the Language Server Protocol: `${1:placeholder}` and, where one is in the end, `$0`. */
export interface Skeleton {
  /** What somebody types to get it. */
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  readonly body: string;
}

const DN = `dn: \${1:CN=Jane Doe,OU=Staff,DC=contoso,DC=com}`;

/** New records, as they stand in a modify file: a \`-\` closes each mod-spec, a blank line the record. */
export const RECORD_SKELETONS: readonly Skeleton[] = [
  {
    prefix: "dn",
    title: "An entry",
    description: "An entry as an export holds it",
    body: `${DN}\nobjectClass: \${2:user}\n\${3:cn}: \${4:value}$0\n\n`,
  },
  {
    prefix: "add",
    title: "changetype: add",
    description: "A record that adds an entry",
    body: `${DN}\nchangetype: add\nobjectClass: \${2:user}\n\${3:sAMAccountName}: \${4:value}$0\n\n`,
  },
  {
    prefix: "modify",
    title: "changetype: modify",
    description: "A record that changes a value: it fails where the old value is not there any more",
    body: `${DN}\nchangetype: modify\ndelete: \${2:mail}\n$2: \${3:old value}\n-\nadd: $2\n$2: \${4:new value}\n-\n$0\n`,
  },
  {
    prefix: "modrdn",
    title: "changetype: modrdn",
    description: "A record that renames an entry, or moves it",
    body: `${DN}\nchangetype: modrdn\nnewrdn: \${2:CN=Jane Miller}\ndeleteoldrdn: 1\nnewsuperior: \${3:OU=Staff,DC=contoso,DC=com}\n$0\n`,
  },
  {
    prefix: "delete",
    title: "changetype: delete",
    description: "A record that removes an entry",
    body: `${DN}\nchangetype: delete\n$0\n`,
  },
];

/** What a record of `changetype: modify` is made of. */
export const MOD_SPEC_SKELETONS: readonly Skeleton[] = [
  {
    prefix: "add",
    title: "add:",
    description: "Adds a value; fails where it is there already",
    body: `add: \${1:proxyAddresses}\n$1: \${2:value}\n-\n$0`,
  },
  {
    prefix: "delete",
    title: "delete:",
    description: "Removes a value; fails where it is not there",
    body: `delete: \${1:proxyAddresses}\n$1: \${2:value}\n-\n$0`,
  },
  {
    prefix: "replace",
    title: "replace:",
    description: "Sets the values of an attribute, whatever it holds",
    body: `replace: \${1:mail}\n$1: \${2:value}\n-\n$0`,
  },
];

/** The text of a skeleton for who cannot fill in placeholders: they stand in it as they are. */
export function skeletonText({ body }: Skeleton): string {
  const names = new Map(Array.from(body.matchAll(/\$\{(\d):([^}]*)\}/g), ([, number, text]) => [number, text]));
  return body.replace(/\$\{(\d):([^}]*)\}/g, "$2").replace(/\$(\d)/g, (_, number) => names.get(number) ?? "");
}
