// The suite runs in the extension host and cannot see the page. It asks for a picture by a file <name>.request.json,
// which lists what must be visible first, what is to be clicked then and which keys are to be pressed, and waits for <name>.answer.json.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The first element that a selector means in the page or in a frame of it, once it is seen: rendered pages stand in frames of their own. */
async function find(page, selector) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    for (const frame of page.frames()) {
      const found = frame.locator(selector).first();
      // A frame may go while it is asked.
      if (await found.isVisible().catch(() => false)) return found;
    }
    if (Date.now() > deadline) throw new Error(`waited 15 s in vain for ${selector}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function take(page, folder, name, { visible, click, keys }) {
  for (const selector of visible) await find(page, selector);
  // A caret that blinks would make every picture another one.
  const picture = () => page.screenshot({ path: join(folder, `${name}.png`), caret: "hide", animations: "disabled" });
  await picture();
  for (const selector of click) await (await find(page, selector)).click();
  for (const key of keys) {
    if (key.length > 1 && key.startsWith("=")) await page.keyboard.insertText(key.slice(1));
    else await page.keyboard.press(key);
  }
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
