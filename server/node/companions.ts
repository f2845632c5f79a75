import { basename, dirname, join, resolve } from "node:path";
import { checkedTogetherWith, type Settings } from "../core/index.ts";

/** The paths of the exports that one is checked together with, as the settings say. What comes through a pipe has no name. */
export function companionPaths(path: string, settings: Settings): readonly string[] {
  return checkedTogetherWith(basename(path), settings).map((name) => join(dirname(path), name));
}

/** One name for a file, however its path is given. */
export function identityOf(path: string): string {
  return path === "-" ? path : resolve(path);
}
