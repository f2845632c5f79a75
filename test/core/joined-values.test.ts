import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { joinedValues, type ValueLook } from "../../server/core/csv/joined-values.ts";
import { turn } from "../turn.ts";

/** A cell, and its values. */
const ROWS: readonly (readonly [ValueLook, cell: string, ...values: string[]])[] = [
  ["address", ""],
  ["address", "SMTP:a@b.c", "SMTP:a@b.c"],
  ["address", " smtp:a@b.c", " smtp:a@b.c"],
  ["address", "SMTP:a@b.c;smtp:d@b.c", "SMTP:a@b.c", "smtp:d@b.c"],
  ["address", "SMTP:a@b.c; smtp:d@b.c", "SMTP:a@b.c", "smtp:d@b.c"],
  ["address", "SMTP:a@b.c ; smtp:d@b.c ; sip:e@b.c", "SMTP:a@b.c", "smtp:d@b.c", "sip:e@b.c"],
  ["address", "SMTP:a@b.c | smtp:d@b.c", "SMTP:a@b.c", "smtp:d@b.c"],
  ["address", "SMTP:a@b.c;smtp:d@b.c ;sip:e@b.c", "SMTP:a@b.c", "smtp:d@b.c ", "sip:e@b.c"],
  ["address", "a@b.c,d@b.c", "a@b.c", "d@b.c"],
  ["address", "{SMTP:a@b.c, smtp:d@b.c}", "SMTP:a@b.c", "smtp:d@b.c"],
  ["address", "SMTP:a@b.c smtp:d@b.c", "SMTP:a@b.c", "smtp:d@b.c"],
  ["address", "SMTP:a@b.c+smtp:d+e@b.c", "SMTP:a@b.c", "smtp:d+e@b.c"],
  ["address", "X400:C=US;A= ;P=Org;S=User;smtp:a@b.c", "X400:C=US;A= ;P=Org;S=User", "smtp:a@b.c"],
  ["address", "X400:C=US;S=Four;DDA:SMTP=x(a)b.c;;smtp:a@b.c", "X400:C=US;S=Four;DDA:SMTP=x(a)b.c;", "smtp:a@b.c"],
  ["address", "EUM:2001;phone-context=d.b.c;smtp:a@b.c", "EUM:2001;phone-context=d.b.c", "smtp:a@b.c"],
  ["address", "x500:/o=A, B/cn=c,smtp:a@b.c", "x500:/o=A, B/cn=c", "smtp:a@b.c"],
  ["dn", "CN=A,DC=b,DC=c;CN=D,DC=b,DC=c", "CN=A,DC=b,DC=c", "CN=D,DC=b,DC=c"],
  ["dn", "CN=A,DC=b,DC=c, CN=D,OU=e,DC=b,DC=c", "CN=A,DC=b,DC=c", "CN=D,OU=e,DC=b,DC=c"],
  ["dn", "CN=A\\;B,DC=c;CN=D,DC=c", "CN=A\\;B,DC=c", "CN=D,DC=c"],
  ["dn", "CN=A,OU=b,DC=c", "CN=A,OU=b,DC=c"],
  ["text", "a;b|c", "a", "b|c"],
  ["text", "a, b", "a, b"],
];

describe("Values that somebody has joined are taken apart", () => {
  for (const [look, cell, ...values] of ROWS) {
    test(`${look} ${cell}`, () => {
      assert.deepEqual(
        joinedValues(cell, look).values.map(({ start, end }) => cell.slice(start, end)),
        values,
      );
    });
  }

  test("in linear time", { timeout: 60_000 }, async () => {
    await turn();
    assert.equal(joinedValues(`CN=a,DC=x,CN=b${",OU=x".repeat(200_000)}`, "dn").values.length, 2);
    assert.equal(joinedValues(`CN=a,DC=x${",CN=b,DC=x".repeat(100_000)}`, "dn").values.length, 100_001);
    await turn();
  });
});
