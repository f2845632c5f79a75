import { CancellationToken, type Connection, type ServerCapabilities } from "vscode-languageserver";
import type { Context } from "./context.ts";
import { addressLenses } from "./features/address-lens.ts";
import { CODE_ACTION_KINDS, codeActions } from "./features/code-actions.ts";
import { comparedEntry } from "./features/compared-entry.ts";
import { checkDecision, decide, writeDecisions } from "./features/decide-findings.ts";
import { exportFindings } from "./features/export-findings.ts";
import { findingPlace, findings, restoreDecisions } from "./features/findings-view.ts";
import { resolveCodeAction } from "./features/fix-all.ts";
import { hover } from "./features/hover.ts";
import { answerNavigation, NAVIGATION_PROVIDERS } from "./features/navigation.ts";
import { checkNewValue } from "./features/new-value.ts";
import { originalText } from "./features/original.ts";
import { ruleList, rulePageText } from "./features/rule-page.ts";
import {
  CHECK_DECISION,
  type CheckDecisionParams,
  DECIDE,
  type DecideParams,
  EXPORT_FINDINGS,
  type ExportFindingsParams,
  FINDING_PLACE,
  FINDINGS,
  FINDINGS_CLOSED,
  type FindingPlaceParams,
  type FindingsParams,
  RESTORE_DECISIONS,
  type RestoreDecisionsParams,
  WRITE_DECISIONS,
} from "./findings-protocol.ts";
import { answerLdifRequests } from "./ldif-requests.ts";
import {
  CHECK_NEW_VALUE,
  type CheckNewValueParams,
  COMPARED_ENTRY,
  type ComparedEntryParams,
  ORIGINAL,
  RULE_LIST,
  RULE_PAGE,
  type RulePageParams,
  type UriParams,
} from "./protocol.ts";

/** Runs the work of a request: what fails is logged and answered with what is empty, and so is what is asked for no more. */
export type Guard = <Params, Answer, Empty>(
  name: string,
  empty: Empty,
  work: (params: Params, token: CancellationToken) => Answer,
) => (params: Params, token: CancellationToken) => Promise<Awaited<Answer> | Empty>;

/** What the server can be asked for about a document, by the names of the protocol. */
export const PROVIDERS: Partial<ServerCapabilities> = {
  hoverProvider: true,
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS, resolveProvider: true },
  ...NAVIGATION_PROVIDERS,
};

/** Answers the requests of a client, one line a feature; commands are elsewhere. */
export function answerRequests(connection: Connection, context: Context, guarded: Guard): void {
  connection.onCodeAction(guarded("code actions", [], (params, token) => codeActions(context, params, token)));
  connection.onCodeActionResolve(async (action, token) => {
    const resolved = await guarded("a code action", action, () => resolveCodeAction(context, action))(action, token);
    return resolved;
  });
  connection.onCodeLens(guarded("code lenses", [], (params, token) => addressLenses(context, params, token)));
  connection.onHover(guarded("a hover", null, (params, token) => hover(context, params, token)));
  answerNavigation(connection, context, guarded);
  answerLdifRequests(connection, context, guarded);
  connection.onRequest(
    CHECK_NEW_VALUE,
    guarded("a new value", null, (params: CheckNewValueParams, token) => checkNewValue(context, params, token)),
  );
  connection.onRequest(
    ORIGINAL,
    guarded("the original", null, ({ uri }: UriParams) => originalText(context, uri)),
  );
  connection.onRequest(
    COMPARED_ENTRY,
    guarded("the comparison of an entry", null, (params: ComparedEntryParams) => comparedEntry(context, params)),
  );
  connection.onRequest(RULE_LIST, guarded("the rules", [], ruleList));
  connection.onRequest(
    RULE_PAGE,
    guarded("the page of a rule", null, ({ id }: RulePageParams) => rulePageText(id)),
  );
  answerFindings(connection, context, guarded);
}

/** What the view of all findings asks for. */
function answerFindings(connection: Connection, context: Context, guarded: Guard): void {
  const answer = <Params>(
    request: string,
    name: string,
    work: (context: Context, params: Params, token: CancellationToken) => unknown,
  ) => {
    const guardedWork = guarded<Params, unknown, null>(name, null, (params, token) => work(context, params, token));
    connection.onRequest(request, guardedWork);
  };
  answer<FindingsParams>(FINDINGS, "the findings", findings);
  answer<FindingPlaceParams>(FINDING_PLACE, "the place of a finding", findingPlace);
  answer<RestoreDecisionsParams>(RESTORE_DECISIONS, "earlier decisions", restoreDecisions);
  // What has been decided is told, even to whoever gave up a moment too late.
  connection.onRequest(DECIDE, (params: DecideParams, token: CancellationToken) =>
    guarded("a decision", null, (one: DecideParams) => decide(context, one, token))(params, CancellationToken.None),
  );
  answer<CheckDecisionParams>(CHECK_DECISION, "a new value", checkDecision);
  answer<UriParams>(WRITE_DECISIONS, "the modify file", (_, { uri }) => writeDecisions(context, uri));
  answer<ExportFindingsParams>(EXPORT_FINDINGS, "the exported findings", exportFindings);
  answer<UriParams>(FINDINGS_CLOSED, "closed findings", (_, { uri }) => context.findings.close(uri));
}
