import type { Decided, DecideParams, FindingRow, FindingsPart } from "../../server/lsp/findings-protocol.ts";
import { only, user } from "./exports.ts";
import type { Session } from "./session.ts";

export const uri = "untitled:export.ldf";
export const configuration = only("upn-domain-not-routable", "displayname-missing", "duplicate-userprincipalname");

export const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

export const ask = <Answer>(session: Session, request: string, params: object) =>
  session.connection.sendRequest<Answer>(`syncready/${request}`, params);

export const part = (session: Session, about = uri, query: object = {}, offset = 0, limit = 100) =>
  ask<FindingsPart>(session, "findings", { uri: about, query, offset, limit });

export const decide = (session: Session, params: Omit<DecideParams, "uri">, about = uri) =>
  ask<Decided>(session, "decide", { uri: about, ...params });

export const shown = ({ name, rule, value }: FindingRow) => `${name} ${rule} ${value?.text}`;

export const text =
  user("Zoe", "userPrincipalName: zoe@contoso.local") +
  user("Jack").replace("displayName: Jack\n", "") +
  user("Jane", "userPrincipalName: jane@fabrikam.local");
