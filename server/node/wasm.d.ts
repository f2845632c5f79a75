/** What is needed of it: @types/node leaves it to the library of browsers. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: object;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
}

/** The bytes of a module: esbuild.mjs compiles it. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
