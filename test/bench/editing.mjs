// How long somebody who types waits for findings: a session with the bundled server, over the same wire as with an editor.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { exportOf, jsonOf, spoken, textOfEntries } from "./exports.mjs";
import { bytesOf } from "./ldif-writer.mjs";
import { JSON_SERVER } from "./peers.mjs";
import { server } from "./places.mjs";
import { rowOf } from "./rows.mjs";
import { Session } from "./session.mjs";
import { percentile } from "./statistics.mjs";
import { compareDiagnostics, isExact, sentences } from "./truth.mjs";

const GOALS = {
  "10M/csv": { p95: { reach: 8e-3, beyond: 3e-3 } },
  "10M": {
    p95: { reach: 8e-3, beyond: 3e-3 },
    cpu: { reach: 1e-3, beyond: 0.5e-3 },
    open: { reach: 0.35, beyond: 0.2 },
  },
  "45M": {
    p95: { reach: 15e-3, beyond: 6e-3 },
    cpu: { reach: 2e-3, beyond: 1e-3 },
    open: { reach: 1.1, beyond: 0.6 },
    block: { reach: 0.15, beyond: 0.06 },
  },
};

const EDITS = 200;
/** So long is typed, and at least so often, where the server is so slow that it would take longer. */
const TYPING_SECONDS = { ours: 60, peers: 10 };
const LEAST_EDITS = 4;
const PASTED_ENTRIES = 1000;
const LARGE_BYTES = 2e7;

/** Nobody types without a pause between two keys; what a server puts off until then counts, too. */
const PAUSE_MS = 40;
/** After this, a server that puts work off has done it. */
const REST_MS = 1500;

/** Where exports of a format lie, and where the user principal names begin that are right. */
const FORMATS = {
  ldif: {
    name: "LDIF",
    uri: "file:///bench/export.ldf",
    languageId: "ldif",
    place: /^userPrincipalName: (?=[a-z.]+\d+@contoso\.com$)/,
  },
  csv: {
    name: "csvde CSV",
    uri: "file:///bench/export.csv",
    languageId: "csv",
    // Behind it stands the SID.
    place: /^.*?,(?=[a-z.]+\d+@contoso\.com,X'0105)/,
  },
};
const JSON_URI = "file:///bench/export.json";

/** Where the value of a line begins, in lines that match and are spread over the text, in no order. */
function placesOf(lines, pattern) {
  const places = [];
  for (let line = 0; line < lines.length; line++) {
    const match = pattern.exec(lines[line]);
    if (match !== null) places.push({ line, character: match[0].length });
  }
  const count = EDITS / 2;
  if (places.length < count) throw new Error(`the document has only ${places.length} places for ${EDITS} edits`);
  const spread = Array.from(
    { length: count },
    (_, index) => places[Math.floor(((index + 0.5) * places.length) / count)],
  );
  return spread.map((_, index) => spread[(index * 37) % count]);
}

/** An edit that makes a value wrong, and one that makes it right again, at one place after the other. */
async function typeAt(session, uri, places, { character, isThere, seconds }) {
  const times = [];
  const before = session.cpu;
  const deadline = performance.now() + seconds * 1000;
  for (const place of places) {
    if (times.length >= LEAST_EDITS && performance.now() > deadline) break;
    const end = { ...place, character: place.character + character.length };
    times.push(await session.edit(uri, { start: place, end: place }, character, (found) => isThere(found, place)));
    await pause(PAUSE_MS);
    times.push(await session.edit(uri, { start: place, end }, "", (found) => !isThere(found, place)));
    await pause(PAUSE_MS);
  }
  await pause(REST_MS);
  const cpu = before === undefined ? undefined : (session.cpu - before) / times.length;
  return { edits: times.length, p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpu };
}

/** From the document's way over the wire to its first diagnostics. */
async function openMeasured(session, uri, languageId, text) {
  const [cpu, begin] = [session.cpu, performance.now()];
  await session.open(uri, languageId, text);
  const opened = {
    openWall: (performance.now() - begin) / 1000,
    openCpu: cpu === undefined ? undefined : session.cpu - cpu,
  };
  await pause(REST_MS);
  return opened;
}

/** Pastes entries that stand nowhere else between two entries in the middle, and deletes them again. */
async function pasteAndDelete(session, lines, pasted) {
  const count = session.diagnostics.length;
  const start = { line: lines.indexOf("", Math.floor(lines.length / 2)) + 1, character: 0 };
  const end = { line: start.line + pasted.split("\n").length - 1, character: 0 };
  const paste = await session.edit(FORMATS.ldif.uri, { start, end: start }, pasted, (found) => found.length > count);
  await pause(REST_MS);
  const deletion = await session.edit(FORMATS.ldif.uri, { start, end }, "", (found) => found.length === count);
  await pause(REST_MS);
  return { paste, deletion };
}

async function editExport({ text, lines, pasted }, { uri, languageId, place }) {
  const session = await Session.start(server);
  try {
    const opened = await openMeasured(session, uri, languageId, text);
    const places = placesOf(lines, place);
    const isThere = (found, { line }) =>
      found.some(({ code, range }) => code === "upn-invalid-characters" && range.start.line === line);
    const typed = await typeAt(session, uri, places, { character: "&", isThere, seconds: TYPING_SECONDS.ours });
    const moved = pasted && (await pasteAndDelete(session, lines, pasted));
    // Every edit has been taken back, so what must be found is what must be found in the file.
    return { ...opened, ...typed, ...moved, peak: session.peak, diagnostics: session.diagnostics };
  } finally {
    await session.stop();
  }
}

/** The same with JSON: a quotation mark too many is an error, and without it there is none. */
async function editJson(program, { text, lines }) {
  const session = await Session.start(program);
  try {
    const opened = await openMeasured(session, JSON_URI, "json", text);
    const places = placesOf(lines, /^ "mail/);
    const isThere = (found) => found.length > 0;
    const typing = { character: '"', isThere, seconds: TYPING_SECONDS.peers };
    return { ...opened, ...(await typeAt(session, JSON_URI, places, typing)), peak: session.peak };
  } finally {
    await session.stop();
  }
}

function rowsOf(size, format, ours, peers) {
  const id = format === "ldif" ? size : `${size}/${format}`;
  const goals = GOALS[id] ?? {};
  const row = (work, figure, key, unit, goal) =>
    rowOf({
      id: `editing/${id}/${key}`,
      work: `${spoken(size)} ${FORMATS[format].name}, ${work}`,
      figure,
      unit,
      goal,
      samples: ours.map((one) => one[key]),
      peer: { name: JSON_SERVER, samples: peers.map((one) => one[key]) },
    });
  const typing = `${EDITS} keystrokes in the editor`;
  return [
    ...row(typing, "to diagnostics, p50", "p50", "s"),
    ...row(typing, "to diagnostics, p95", "p95", "s", goals.p95),
    ...row(typing, "server's CPU an edit, mean", "cpu", "s", goals.cpu),
    ...row("opening in the editor", "server's CPU to first diagnostics", "openCpu", "s", goals.open),
    ...row("opening in the editor", "wall clock to first diagnostics", "openWall", "s"),
    ...row("1,000 entries in the editor", "paste, to diagnostics", "paste", "s", goals.block),
    ...row("1,000 entries in the editor", "delete, to diagnostics", "deletion", "s", goals.block),
    ...row("the whole session", "peak memory of the server", "peak", "B"),
  ];
}

/** Rows for each size of LDIF and of CSV. Beside LDIF stands the JSON server. */
export async function measureEditing({ sizes, csvSizes, rounds, jsonServer, say }) {
  const rows = [];
  const notes = [];
  let isRight = true;
  const all = [...sizes.map((size) => [size, "ldif"]), ...csvSizes.map((size) => [size, "csv"])];
  for (const [size, format] of all) {
    const { file, truth, entries } = exportOf(size, format);
    const { name } = FORMATS[format];
    const isLarge = format === "ldif" && bytesOf(size) > LARGE_BYTES;
    const text = readFileSync(file, "utf8");
    const pasted = isLarge ? textOfEntries(entries, entries + PASTED_ENTRIES) : undefined;
    const document = { text, lines: text.split(/\r?\n/), pasted };
    const jsonText = format === "ldif" && jsonServer ? jsonOf(size) : undefined;
    const json = jsonText && { text: jsonText, lines: jsonText.split("\n") };
    const [ours, peers] = [[], []];
    for (let round = 0; round < rounds; round++) {
      say(`${size} of ${name} in the editor, round ${round + 1}: Syncready`);
      ours.push(await editExport(document, FORMATS[format]));
      if (json === undefined) continue;
      say(`${size} in the editor, round ${round + 1}: ${JSON_SERVER}`);
      peers.push(await editJson(jsonServer, json));
    }
    rows.push(...rowsOf(size, format, ours, peers));
    const compared = await compareDiagnostics(ours.at(-1).diagnostics, truth);
    notes.push(...sentences(`${spoken(size)} of ${name} in the editor, after all edits`, compared));
    isRight &&= isExact(compared);
    const least = Math.min(...ours.map(({ edits }) => edits));
    if (least < EDITS)
      notes.push(
        `${spoken(size)} of ${name} in the editor: only ${least} of ${EDITS} edits in ${TYPING_SECONDS.ours} seconds.`,
      );
  }
  if (jsonServer !== undefined)
    notes.push(
      `${JSON_SERVER} waits 500 ms after an edit before it checks; it edits a JSON document of the same size.`,
    );
  return { rows, notes, isRight };
}
