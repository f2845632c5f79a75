import { basename } from "node:path";
import { Checker, DecisionPlan, findingIdentity, RULES, type Settings } from "../core/index.ts";
import { type BaselineOfFile, companionPaths, ExportFile } from "../node/index.ts";

/**
 * Plans what a list of decisions says, in one reading, and one of each export that the settings name with it: nobody gets a value
 * that somebody else holds there. What the baseline accepts in a new value is no reason against it.
 */
export async function planDecisions(
  list: ExportFile,
  settings: Settings,
  accepted: BaselineOfFile | undefined,
): Promise<DecisionPlan> {
  const plan = new DecisionPlan({
    checker: new Checker(RULES, settings),
    isAccepted: (finding) => accepted?.baseline.row(findingIdentity(finding, basename(list.path))) !== undefined,
    // Known once the first record comes.
    get isEncodingGuessed() {
      return list.encoding.guessed;
    },
  });
  await list.readRecords((record) => plan.add(record));
  for (const path of plan.newKeys().length > 0 ? companionPaths(list.path, settings) : []) {
    const companion = await ExportFile.open(path);
    await companion.readRecords(({ entry }) => entry && plan.holder(entry));
    await companion.dispose();
  }
  return plan;
}
