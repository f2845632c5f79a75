import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { parseLdapFilter } from "../../server/core/model/ldap-filter.ts";
import fc from "../property.ts";

const [record] = readLdif(`dn: CN=Jane (Sales)*,OU=Staff,DC=contoso,DC=com
objectClass: top
objectClass: user
objectCategory: CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=com
cn: Jane (Sales)*
sAMAccountName: jane
extensionAttribute15: NoSync
userAccountControl: 66050
groupType: -2147483646
msExchRecipientTypeDetails: 2147483648
displayName: Müller
whenCreated: 20260101120000.0Z
`);

describe("An LDAP filter", () => {
  const rows: readonly [filter: string, matches: boolean][] = [
    ["(extensionAttribute15=NoSync)", true],
    ["(EXTENSIONATTRIBUTE15=nosync)", true],
    ["(extensionAttribute15=No)", false],
    ["(extensionAttribute15=*)", true],
    ["(extensionAttribute14=*)", false],
    ["(!(extensionAttribute14=*))", true],
    ["(!(extensionAttribute15=NoSync))", false],
    ["(&(objectClass=user)(sAMAccountName=j*e))", true],
    ["(&(objectClass=user)(sAMAccountName=j*n))", false],
    ["(|(objectClass=group)(sAMAccountName=*an*))", true],
    ["(sAMAccountName=*a*n*)", true],
    ["(sAMAccountName=ja*ane)", false],
    ["(&)", true],
    ["(|)", false],
    [" ( & (cn=Jane \\28Sales\\29\\2a) ) ".replaceAll("( ", "(").replaceAll(" )", ")"), true],
    ["(cn=Jane \\28Sales\\29*)", true],
    ["(displayName=M\\c3\\bcller)", true],
    ["(displayName=müller)", true],
    ["(userAccountControl:1.2.840.113556.1.4.803:=2)", true],
    ["(userAccountControl:1.2.840.113556.1.4.803:=514)", true],
    ["(userAccountControl:1.2.840.113556.1.4.803:=3)", false],
    ["(userAccountControl:1.2.840.113556.1.4.804:=3)", true],
    ["(groupType:1.2.840.113556.1.4.803:=2147483648)", true],
    ["(groupType:1.2.840.113556.1.4.804:=4)", false],
    ["(msExchRecipientTypeDetails:1.2.840.113556.1.4.803:=2147483648)", true],
    ["(userAccountControl>=66050)", true],
    ["(userAccountControl>=7)", true],
    ["(userAccountControl<=7)", false],
    ["(whenCreated>=20250101000000.0Z)", true],
    ["(objectCategory=person)", true],
    ["(objectCategory=user)", true],
    ["(objectCategory=group)", false],
    ["(objectCategory=CN=Person,CN=Schema,CN=Configuration,DC=contoso,DC=com)", true],
    ["(distinguishedName=*OU=Staff,DC=contoso,DC=com)", true],
    ["(cn:=jane \\28sales\\29\\2a)", true],
    ["(sAMAccountName~=JANE)", true],
  ];
  for (const [text, matches] of rows) {
    test(text, () => {
      const parsed = parseLdapFilter(text);
      assert.ok("filter" in parsed, JSON.stringify(parsed));
      assert.equal(parsed.filter.matches(record!.entry!), matches);
    });
  }

  /** `«»` enclose what cannot be read. */
  const broken: readonly [marked: string, reason: RegExp][] = [
    ["«»", /begins with/],
    ["«m»ail=*", /begins with/],
    ["«(»mail=*", /not closed/],
    ["(«mail»)", /attribute, a sign and a value/],
    ["(«=x»)", /attribute is missing/],
    ["(mail=*)« (cn=*)»", /nothing may follow/],
    ["(mail=«\\2»)", /two hexadecimal digits/],
    ["(«member:1.2.840.113556.1.4.1941:=CN=x»)", /cannot be tried on an export/],
    ["(userAccountControl:1.2.840.113556.1.4.803:=«two»)", /number is expected/],
  ];
  for (const [marked, reason] of broken) {
    test(`unreadable: ${marked}`, () => {
      const parsed = parseLdapFilter(marked.replace(/[«»]/g, ""));
      assert.ok("error" in parsed);
      assert.match(parsed.error.reason, reason);
      const { start, end } = parsed.error;
      const text = marked.replace(/[«»]/g, "");
      assert.equal(
        `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`.replace("« ", " «"),
        marked.replace("« ", " «"),
      );
    });
  }

  test("never throws, and comes to an end on any text", () => {
    const character = fc.constantFrom("(", ")", "&", "|", "!", "=", "*", "a", "\\", "2", ":", "1.2", ">", " ");
    fc.assert(
      fc.property(fc.array(character, { maxLength: 60 }), (parts) => {
        const parsed = parseLdapFilter(parts.join(""));
        if ("filter" in parsed) parsed.filter.matches(record!.entry!);
        else assert.ok(parsed.error.start <= parsed.error.end);
      }),
      { numRuns: 3000 },
    );
    parseLdapFilter("(!".repeat(100_000));
  });
});
