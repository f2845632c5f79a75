import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import { exchangeAddresses } from "../../server/core/model/exchange-addresses.ts";
import { type Attributes, vectors } from "./vector-checks.ts";

/** What an entry's addresses are in Exchange Online; `null`: it is no recipient. */
interface AddressVector {
  readonly note: string;
  readonly entry: Attributes;
  readonly settings?: {
    readonly verifiedDomains?: readonly string[];
    readonly initialDomain?: string | null;
    readonly alternateLoginId?: boolean;
  };
  readonly primary: string | null;
  readonly secondary?: readonly string[];
  /** A reason and a value each. */
  readonly unused?: readonly string[];
}

const ROWS = vectors<AddressVector>("exchange-online-addresses");

function entryOf(attributes: Attributes) {
  const style = { lineEnd: "\n", width: undefined } as const;
  const lines = Object.entries({ objectClass: "user", ...attributes }).flatMap(([name, values]) =>
    [values].flat().map((value) => writeLine(name, { text: value }, style)),
  );
  return readLdif(`dn: CN=Vector,DC=contoso,DC=com\n${lines.join("\n")}\n`)[0]!.entry!;
}

describe("The addresses in Exchange Online", () => {
  for (const { note, entry, settings, primary, secondary = [], unused = [] } of ROWS) {
    test(note, () => {
      const initialDomain = settings?.initialDomain === null ? undefined : "contoso.onmicrosoft.com";
      const found = exchangeAddresses(entryOf(entry), { ...DEFAULT_SETTINGS, ...settings, initialDomain });
      if (primary === null) {
        assert.equal(found, undefined);
        return;
      }
      assert.equal(found?.primary?.address, primary);
      assert.deepEqual(found.secondary.map(({ address }) => address).sort(), [...secondary].sort());
      assert.deepEqual(
        found.unused.map(({ reason, value }) => `${reason} ${value}`),
        unused,
      );
    });
  }

  test("a contact of which only a secondary address is known has no primary one", () => {
    const entry = entryOf({ objectClass: "contact", proxyAddresses: "smtp:tom@fabrikam.com" });
    const found = exchangeAddresses(entry, DEFAULT_SETTINGS);
    assert.equal(found?.primary, undefined);
    assert.deepEqual(found?.secondary, [{ address: "tom@fabrikam.com", source: "proxyAddresses" }]);
  });

  test("say where they come from", () => {
    const entry = entryOf({ mail: "emil@contoso.com", userPrincipalName: "e.upn@contoso.com" });
    const found = exchangeAddresses(entry, DEFAULT_SETTINGS)!;
    assert.deepEqual(
      [found.primary!, ...found.secondary].map(({ source }) => source),
      ["mail", "userPrincipalName", "routing"],
    );
  });
});
