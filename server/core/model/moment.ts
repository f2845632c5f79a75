import { attributeFacts } from "./attribute-facts.ts";
import { instantOf } from "./value-syntax.ts";

/** A point in time, or what stands for none. */
export type Moment =
  | { readonly milliseconds: number; readonly meaning?: undefined }
  | { readonly milliseconds?: undefined; readonly meaning: string };

function namesOf(names: string): ReadonlySet<string> {
  return new Set(names.toLowerCase().split(/\s+/));
}

/**
 * Attributes of 64 bits that count the intervals of 100 nanoseconds since 1601-01-01 (FILETIME, MS-DTYP 2.3.3). Sources: the pages of the
 * attributes in the documentation of the schema; ms-Mcs-AdmPwdExpirationTime and msLAPS-PasswordExpirationTime: those of LAPS.
 */
const TIMES =
  namesOf(`accountExpires badPasswordTime creationTime lastLogoff lastLogon lastLogonTimestamp lastSetTime lockoutTime
msDS-ApproximateLastLogonTimeStamp msDS-LastFailedInteractiveLogonTime msDS-LastSuccessfulInteractiveLogonTime
msDS-UserPasswordExpiryTimeComputed ms-Mcs-AdmPwdExpirationTime msLAPS-PasswordExpirationTime priorSetTime pwdLastSet`);

/** Attributes that hold a duration in the same unit, as a negative number. */
const DURATIONS = namesOf(`forceLogoff lockoutDuration lockOutObservationWindow maxPwdAge minPwdAge msDS-LockoutDuration
msDS-LockoutObservationWindow msDS-MaximumPasswordAge msDS-MinimumPasswordAge`);

/** What 0 says of some attributes, as their pages have it; of others it says that it has not happened, or is not known. */
const ZERO: Readonly<Record<string, string>> = {
  accountexpires: "never",
  lockouttime: "not locked out",
  pwdlastset: "the password must be changed at the next logon",
};

/** "Never", or of a duration "forever". */
const MOST = 2n ** 63n - 1n;

/** From 1601-01-01 to 1970-01-01. */
const EPOCH_MS = 11_644_473_600_000n;

/** The last moment that a date of JavaScript can name. */
const LAST_MS = 8_640_000_000_000_000;

/** When the value of an attribute type, in lower case, is; `undefined` where it is no time. Less than a millisecond is dropped. */
export function momentOf(type: string, text: string): Moment | undefined {
  const trimmed = text.trim();
  if (TIMES.has(type)) return fileTime(type, trimmed);
  const isTime = attributeFacts(type)?.syntax === "GeneralizedTime";
  if (!isTime && !/^\d{14}(?:\.\d{1,9})?Z$/.test(trimmed)) return undefined;
  const instant = instantOf(trimmed);
  if (instant === undefined) return undefined;
  const [seconds, fraction = ""] = instant.split(".");
  return { milliseconds: Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0")) };
}

function fileTime(type: string, text: string): Moment | undefined {
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const intervals = BigInt(text);
  if (intervals === 0n) return { meaning: ZERO[type] ?? "never, or not known" };
  if (intervals === MOST) return { meaning: "never" };
  const milliseconds = Number(intervals / 10_000n - EPOCH_MS);
  return milliseconds <= LAST_MS ? { milliseconds } : undefined;
}

/** A duration in days, hours, minutes and seconds, `42 days`; `undefined` where the value of the attribute type, in lower case, is none. */
export function durationText(type: string, text: string): string | undefined {
  if (!DURATIONS.has(type) || !/^-?\d{1,19}$/.test(text.trim())) return undefined;
  const intervals = BigInt(text.trim());
  if (intervals === 0n) return "none";
  if (intervals <= -MOST) return "forever";
  let seconds = (intervals < 0n ? -intervals : intervals) / 10_000_000n;
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = seconds / length;
    seconds %= length;
    if (count > 0n) parts.push(`${count} ${unit}${count === 1n ? "" : "s"}`);
  }
  return parts.length === 0 ? "less than a second" : parts.join(", ");
}

const UNITS: readonly (readonly [unit: string, seconds: bigint])[] = [
  ["day", 86_400n],
  ["hour", 3600n],
  ["minute", 60n],
  ["second", 1n],
];

/** ISO 8601, seconds only where nothing is lost: `2026-01-31T12:00:00+01:00`, or with `Z` where no offset is given. */
export function isoText(milliseconds: number, offsetMinutes?: number): string {
  const local = new Date(milliseconds + (offsetMinutes ?? 0) * 60_000);
  if (Number.isNaN(local.getTime())) return "";
  const text = local.toISOString().replace(/\.000Z$|Z$/, "");
  if (offsetMinutes === undefined) return `${text}Z`;
  const minutes = Math.abs(Math.trunc(offsetMinutes));
  const pair = (number: number) => `${number}`.padStart(2, "0");
  return `${text}${offsetMinutes < 0 ? "-" : "+"}${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}`;
}
