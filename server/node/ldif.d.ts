/** The few things that are used of the package `ldif` 0.5.1, which has no types. */
declare module "ldif" {
  export interface Value {
    readonly type: "value" | "file";
    /** Text; base64 is decoded as UTF-8 already, and bytes that are no UTF-8 are lost. */
    readonly value: string;
  }

  export interface Modification {
    readonly type: "add" | "delete" | "replace";
    readonly attribute: { readonly attribute: string; readonly options: readonly string[] };
    readonly values: readonly (Value | null)[];
  }

  /** A line of an entry that is added. */
  export interface AttributeLine {
    readonly attribute: Modification["attribute"];
    readonly value: Value | null;
  }

  export type Change =
    | { readonly type: "modify"; readonly dn: string; readonly changes: readonly Modification[] }
    | { readonly type: "add"; readonly dn: string; readonly changes: readonly AttributeLine[] }
    | { readonly type: "delete"; readonly dn: string }
    | {
        readonly type: "modrdn" | "moddn";
        readonly dn: string;
        readonly modrdn: {
          readonly newrdn: string;
          readonly deleteoldrdn: "0" | "1";
          /** Base64 is not decoded. */
          readonly newsuperior: string | null;
        };
      };

  export interface Container {
    readonly type: "content" | "changes";
    readonly entries: readonly Change[];
  }

  export function parse(text: string): Container;
}
