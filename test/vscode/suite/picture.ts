import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./until.ts";

interface PictureOptions {
  /** What a person at the page clicks after the picture, by selector. */
  readonly click?: readonly string[];
  /** Which keys are pressed then; a text after `=` is put in as it is. */
  readonly keys?: readonly string[];
}

/** Whether there is a page to see and to click in: on the desktop nobody can. */
export function hasPage(): boolean {
  return Boolean(process.env.SYNCREADY_PICTURES);
}

/** Has `<name>.png` taken of the whole window, as soon as the page shows all `visible` selectors. Does nothing where there is no page. */
export async function takePicture(
  name: string,
  visible: readonly string[],
  { click = [], keys = [] }: PictureOptions = {},
): Promise<void> {
  const { SYNCREADY_PICTURES: folder } = process.env;
  if (!folder) return;
  const request = join(folder, `${name}.request.json`);
  const answer = join(folder, `${name}.answer.json`);
  writeFileSync(`${request}.tmp`, JSON.stringify({ visible, click, keys }));
  renameSync(`${request}.tmp`, request);
  await until(`the picture ${name}`, () => existsSync(answer), { ms: 40_000 });
  const { error } = JSON.parse(readFileSync(answer, "utf8")) as { readonly error?: string };
  if (error !== undefined) throw new Error(`no picture ${name}: ${error}`);
}
