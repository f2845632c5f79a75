import { type Connection, MessageType, ShowMessageNotification, ShowMessageRequest } from "vscode-languageserver";
import type { BaselineSource } from "./baselines.ts";
import type { ClientFeatures } from "./capabilities.ts";
import type { CheckedExports } from "./checked-exports.ts";
import type { OpenExports } from "./documents.ts";
import type { FindingTables } from "./finding-tables.ts";
import type { Host } from "./host.ts";
import type { ImportResults } from "./import-results.ts";
import type { Originals } from "./originals.ts";
import type { SettingsSource } from "./settings.ts";

/** What the features work with. */
export interface Context {
  readonly connection: Connection;
  readonly host: Host;
  readonly client: ClientFeatures;
  readonly exports: OpenExports;
  readonly checked: CheckedExports;
  readonly settings: SettingsSource;
  readonly baselines: BaselineSource;
  readonly originals: Originals;
  readonly results: ImportResults;
  readonly findings: FindingTables;
}

type Kind = "info" | "warning" | "error";

const TYPES: Readonly<Record<Kind, MessageType>> = {
  info: MessageType.Info,
  warning: MessageType.Warning,
  error: MessageType.Error,
};

/** Shows a message. */
export function tell({ connection }: Pick<Context, "connection">, kind: Kind, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: TYPES[kind], message });
}

/**
 * Shows a message and answers which of its actions was chosen; `undefined` where none was, `"unasked"` where the client cannot
 * ask.
 */
export async function ask<Action extends string>(
  { connection }: Pick<Context, "connection">,
  kind: Kind,
  message: string,
  titles: readonly Action[],
): Promise<Action | "unasked" | undefined> {
  const actions = titles.map((title) => ({ title }));
  try {
    const chosen = await connection.sendRequest(ShowMessageRequest.type, { type: TYPES[kind], message, actions });
    return titles.find((title) => title === chosen?.title);
  } catch {
    return "unasked";
  }
}

/** The name of a file without its folder, for messages. */
export function fileName(uri: string): string {
  const path = uri.replace(/[?#].*$/, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
