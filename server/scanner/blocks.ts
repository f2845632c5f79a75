// AssemblyScript; see scan.ts. 64 bytes at once: one bit for each.

/** Which of the bytes are `byte`. */
export function masks(one: v128, two: v128, three: v128, four: v128, byte: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(one, byte))) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(two, byte)))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(three, byte)))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(four, byte)))) << 48)
  );
}

/** Which of the bytes are beyond ASCII. */
export function highBits(one: v128, two: v128, three: v128, four: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(one)) |
    ((<u64>(<u32>i8x16.bitmask(two))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(three))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(four))) << 48)
  );
}
