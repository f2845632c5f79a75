// The suite runs in the extension host and cannot see the page. It asks for a picture by a file <name>.request.json,
// which lists what must be visible first, and waits for <name>.answer.json.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

async function take(page, folder, name, { visible }) {
  for (const selector of visible) await page.locator(selector).first().waitFor({ state: "visible", timeout: 15_000 });
  // A caret that blinks would make every picture another one.
  await page.screenshot({ path: join(folder, `${name}.png`), caret: "hide", animations: "disabled" });
}

/** Answers requests until the function it returns is called. */
export function answerScreenshots(page, { requests, folder }) {
  const answered = new Set();
  const timer = setInterval(async () => {
    for (const file of readdirSync(requests)) {
      const name = /^(.+)\.request\.json$/.exec(file)?.[1];
      if (name === undefined || answered.has(name)) continue;
      answered.add(name);
      let error;
      try {
        await take(page, folder, name, JSON.parse(readFileSync(join(requests, file), "utf8")));
      } catch (failure) {
        error = failure.message;
      }
      if (!existsSync(requests)) return;
      // Written beside and renamed: the suite never reads half an answer.
      writeFileSync(join(requests, `${name}.tmp`), JSON.stringify({ error }));
      renameSync(join(requests, `${name}.tmp`), join(requests, `${name}.answer.json`));
    }
  }, 100);
  return () => clearInterval(timer);
}
