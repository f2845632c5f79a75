import { attributeType } from "../model/attribute-type.ts";
import type { AttributeValue } from "../model/entry.ts";
import { base64Of, encodeBase64 } from "../text/base64.ts";
import type { Span } from "../text/span.ts";

/** Where values take their characters from. */
export interface EntrySource {
  readonly text: string;
}

/** One value in the pane. Offsets count UTF-16 units from the record's start. */
export class LdpValue implements AttributeValue {
  readonly description: string;
  readonly span: Span;
  readonly isEncoded: boolean = false;
  readonly #source: EntrySource;

  constructor(source: EntrySource, description: string, span: Span) {
    this.#source = source;
    this.description = description;
    this.span = span;
  }

  /** The value as it is written. */
  get source(): string {
    return this.#source.text.slice(this.span.start, this.span.end);
  }

  get text(): string {
    return this.source;
  }

  /** Whether a line end in it is the value's own, or was made when the text was copied, nobody can say. */
  get isRendered(): boolean {
    return this.source.includes("\n");
  }

  get binary(): boolean {
    return false;
  }

  get base64(): string {
    return base64Of(this.text);
  }

  slice(start: number, end: number): Span {
    const { length } = this.text;
    const from = Math.max(0, Math.min(start, length));
    return { start: this.span.start + from, end: this.span.start + Math.max(from, Math.min(end, length)) };
  }
}

/** A number that ldp explains: `0x200 = ( NORMAL_ACCOUNT )` is 512 in the directory. */
class ExplainedNumber extends LdpValue {
  override readonly isEncoded = true;

  override get text(): string {
    return numberOf(this.source)!;
  }

  override get isRendered(): boolean {
    return false;
  }

  override slice(): Span {
    return this.span;
  }
}

/** What ldp shows in words of its own, so that the directory's value is not known: a time, or only the number of bytes. */
class RenderedValue extends LdpValue {
  override get isRendered(): boolean {
    return true;
  }
}

/** `<ldp: Binary blob 16 bytes>`: bytes of which nothing else is known. */
class UnknownBytes extends RenderedValue {
  override readonly isEncoded = true;

  override get binary(): boolean {
    return true;
  }

  /** Nothing: bytes that nobody knows are not those of another value. */
  override get base64(): string {
    return "";
  }
}

/** A GUID, which the directory has as 16 bytes. */
class GuidValue extends LdpValue {
  override readonly isEncoded = true;

  override get binary(): boolean {
    return true;
  }

  override get base64(): string {
    const digits = GUID_ORDER.map((at) => this.source.slice(at, at + 2));
    return encodeBase64(Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16)));
  }
}

const GUID = /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/;

/** Where in the text of a GUID its bytes stand, in the order of the directory: the first three parts are turned round (MS-DTYP 2.3.4.2). */
const GUID_ORDER = [6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34];

const BINARY_BLOB = /^<ldp: Binary blob(?: \d{1,12} bytes)?>$/;

const NUMBER = /^(-?\d{1,19}|0x[0-9A-Fa-f]{1,8}) = \(.*\)$/;

/** The decimal number that ldp explains; flags are of 32 bits, and the directory has them with a sign. */
function numberOf(source: string): string | undefined {
  const number = NUMBER.exec(source)?.[1];
  return number?.startsWith("0x") ? `${Number.parseInt(number.slice(2), 16) | 0}` : number;
}

function namesOf(names: string): ReadonlySet<string> {
  return new Set(names.toLowerCase().split(/\s+/));
}

/** Attributes that hold a number, of which ldp says what it means (MS-ADTS 2.2; samples in the articles of Microsoft's support). */
const NUMBERS =
  namesOf(`groupType instanceType msDS-SupportedEncryptionTypes msDS-User-Account-Control-Computed primaryGroupID
sAMAccountType searchFlags systemFlags trustAttributes trustDirection trustType userAccountControl`);

/** Attributes that hold a time: ldp writes it as the computer does where it runs, or `(never)`. */
const TIMES = namesOf(`accountExpires badPasswordTime creationTime lastLogoff lastLogon lastLogonTimestamp lockoutTime
msDS-LastSuccessfulInteractiveLogonTime msDS-UserPasswordExpiryTimeComputed msExchWhenMailboxCreated pwdLastSet
whenChanged whenCreated dSCorePropagationData`);

/** Attributes that hold a GUID of 16 bytes. */
const GUIDS = namesOf(`msDS-ConsistencyGuid mS-DS-ConsistencyGuid msExchArchiveGUID msExchMailboxGuid objectGUID`);

/** A time as the directory has it. */
const DIRECTORY_TIME = /^(?:-?\d{1,19}|\d{14}(?:\.\d+)?Z)$/;

/** The value that stands at `span` of the source. */
export function ldpValue(source: EntrySource, description: string, span: Span): LdpValue {
  const type = attributeType(description);
  const text = source.text.slice(span.start, Math.min(span.end, span.start + MOST_RENDERED));
  if (NUMBERS.has(type)) {
    if (numberOf(text) !== undefined) return new ExplainedNumber(source, description, span);
    if (!/^-?\d{1,19}$/.test(text)) return new RenderedValue(source, description, span);
  } else if (TIMES.has(type)) {
    if (!DIRECTORY_TIME.test(text)) return new RenderedValue(source, description, span);
  } else if (GUIDS.has(type) && GUID.test(text)) return new GuidValue(source, description, span);
  return BINARY_BLOB.test(text) ? new UnknownBytes(source, description, span) : new LdpValue(source, description, span);
}

/** What ldp writes in its own words is no longer than this. */
const MOST_RENDERED = 2000;
