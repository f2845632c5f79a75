import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { JsonProblem } from "../core/index.ts";
import { MOST_BYTES } from "./companions.ts";
import type { Host } from "./host.ts";
import { beside, isFile } from "./uri.ts";

/** What only the disk can tell of the names in `checkedTogether`: files that are not there, or too large to be read here. */
export async function problemsOfNamedExports(
  host: Host,
  settingsUri: string,
  text: string,
  names: readonly string[] = [],
): Promise<JsonProblem[]> {
  if (names.length === 0 || !isFile(settingsUri)) return [];
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const nodes = (tree && findNodeAtLocation(tree, ["checkedTogether"])?.children) ?? [];
  const found = await Promise.all(
    nodes.map(async (node) => {
      const message = names.includes(node.value) ? await problemOf(host, settingsUri, String(node.value)) : undefined;
      return message === undefined ? [] : [{ span: spanOf(node), message }];
    }),
  );
  return found.flat();
}

async function problemOf(host: Host, settingsUri: string, name: string): Promise<string | undefined> {
  const uri = beside(settingsUri, name);
  const state = uri === undefined ? undefined : await host.fileState(uri);
  if (state === undefined) return `There is no file ${JSON.stringify(name)} beside this one`;
  if (state.size <= MOST_BYTES) return undefined;
  const most = `${MOST_BYTES / 2 ** 20} MB`;
  return `A file of more than ${most} is checked together with others on the command line only`;
}

function spanOf({ offset, length }: Node) {
  return { start: offset, end: offset + length };
}
