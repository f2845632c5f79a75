// AssemblyScript; see scan.ts.

import { lowerCase, NAME_SLOTS, NAMES } from "./memory";

/** The number of an attribute type, whose name is at `start`; 0 where it has none. */
export function attributeNumber(start: usize, length: i32, hash: u32): i32 {
  let slot = hash & (NAME_SLOTS - 1);
  while (true) {
    const at = NAMES + <usize>(slot << 3);
    const name = load<u32>(at);
    if (name === 0) return 0;
    const info = load<u32>(at, 4);
    if (<i32>(info & 0xffff) === length && isName(start, <usize>name, length)) return <i32>(info >> 16);
    slot = (slot + 1) & (NAME_SLOTS - 1);
  }
}

function isName(start: usize, name: usize, length: i32): bool {
  for (let index = 0; index < length; index++) {
    if (lowerCase(load<u8>(start + <usize>index)) !== load<u8>(name + <usize>index)) return false;
  }
  return true;
}
