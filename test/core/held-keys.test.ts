import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Flags } from "../../server/core/engine/flags.ts";
import { HeldKeys } from "../../server/core/engine/held-keys.ts";
import { hashDn, hashKey } from "../../server/core/engine/key-hash.ts";
import { NumberList } from "../../server/core/engine/numbers.ts";
import { ReferenceList } from "../../server/core/engine/reference-list.ts";
import fc from "../property.ts";

interface Noted {
  readonly key: number;
  readonly isSeen: boolean;
  /** The key is of the same entry as the one before. */
  readonly isSame: boolean;
}

/** What is known of a key that has been noted one after the other, the long way. */
class Slowly {
  readonly #held = new Map<number, Set<number>>();
  readonly #seen = new Map<number, Set<number>>();

  note(key: number, entry: number, isSeen: boolean): void {
    for (const map of isSeen ? [this.#held, this.#seen] : [this.#held]) {
      map.set(key, (map.get(key) ?? new Set()).add(entry));
    }
  }

  state(key: number) {
    const held = this.#held.get(key)?.size ?? 0;
    return { held: held > 0, twice: held > 1, repeated: (this.#seen.get(key)?.size ?? 0) > 1 };
  }

  seenIn(key: number): ReadonlySet<number> {
    return this.#seen.get(key) ?? new Set();
  }
}

const hashOf = (key: number) => hashKey(key % 3, `key ${key}`);

describe("Which keys are held", () => {
  const notes = fc.array(fc.record<Noted>({ key: fc.nat(12), isSeen: fc.boolean(), isSame: fc.boolean() }), {
    maxLength: 40,
  });

  test("is known as if all of them were kept", () => {
    fc.assert(
      fc.property(notes, (all) => {
        const keys = new HeldKeys();
        const slowly = new Slowly();
        const named = new Map<number, Set<number>>();
        let entry = 0;
        let isSeen = false;
        for (const { key, isSeen: sees, isSame } of all) {
          if (!isSame) {
            entry++;
            isSeen = sees;
          }
          const { one, other } = hashOf(key);
          slowly.note(key, entry, isSeen);
          const holder = keys.note(one, other, entry, isSeen);
          if (holder >= 0) named.set(key, new Set([...(named.get(key) ?? []), holder, entry]));
        }
        let repeated = 0;
        for (let key = 0; key <= 12; key++) {
          const { one, other } = hashOf(key);
          const state = slowly.state(key);
          assert.deepEqual(
            {
              held: keys.isHeld(one, other),
              twice: keys.isHeldTwice(one, other),
              repeated: keys.isRepeated(one, other),
            },
            state,
          );
          // Every entry that shares a key with another one has been named.
          if (state.repeated) assert.deepEqual(named.get(key), slowly.seenIn(key));
          if (state.repeated) repeated++;
        }
        assert.equal(keys.repeatedCount, repeated);
      }),
      { numRuns: 3000 },
    );
  });

  test("stays known when there are many more than were expected", () => {
    const keys = new HeldKeys();
    keys.expect(100);
    const count = 200_000;
    for (let key = 0; key < count; key++) {
      const { one, other } = hashOf(key);
      assert.equal(keys.note(one, other, key, true), -1);
    }
    for (let key = 0; key < count; key += 7) {
      const { one, other } = hashOf(key);
      assert.equal(keys.note(one, other, count + key, true), key);
    }
    assert.equal(keys.repeatedCount, Math.ceil(count / 7));
  });
});

test("DNs that a directory takes for equal have one hash", () => {
  const rows = [
    ["CN=Jane,DC=contoso,DC=com", "cn=JANE, dc=Contoso , DC=com"],
    ["CN=Doe\\, Jane,DC=contoso", 'CN="Doe, Jane",DC=contoso'],
    ["CN=Jos\\C3\\A9,DC=contoso", "CN=José,DC=contoso"],
    ["CN=\\C4\\B0lker,DC=contoso", "CN=İlker,DC=contoso"],
  ];
  for (const [one = "", other = ""] of rows) assert.equal(hashDn(one), hashDn(other), one);
  assert.notEqual(hashDn("CN=a,DC=contoso"), hashDn("CN=b,DC=contoso"));
});

test("flags are no until they are set", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000)), (set) => {
      const flags = new Flags();
      for (const index of set) flags.set(index);
      for (let index = 0; index < 5010; index++) assert.equal(flags.at(index), set.includes(index));
    }),
    { numRuns: 30 },
  );
});

test("references that are wanted name their entries, and no other groups of entries", () => {
  const references = fc.array(fc.record({ skip: fc.nat(20), hashes: fc.array(fc.nat(30), { maxLength: 4 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(references, fc.nat(30), (all, wanted) => {
      const list = new ReferenceList();
      const naming: number[] = [];
      let entry = 0;
      for (const { skip, hashes } of all) {
        for (const hash of hashes) list.add(hash, entry);
        if (hashes.includes(wanted)) naming.push(entry);
        entry += 1 + skip;
      }
      const found = [...list.entries((hash) => hash === wanted)];
      const groups = new Set(naming.map((one) => one >> 3));
      assert.deepEqual(
        found,
        [...groups].flatMap((group) => Array.from({ length: 8 }, (_, at) => 8 * group + at)),
      );
    }),
    { numRuns: 1000 },
  );
});

test("a list of numbers is sorted, each once", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 3000 }), { maxLength: 20_000 }), (numbers) => {
      const list = new NumberList();
      for (const number of numbers) list.push(number);
      assert.deepEqual(
        [...list.sorted()],
        [...new Set(numbers)].sort((one, other) => one - other),
      );
    }),
    { numRuns: 20 },
  );
});
