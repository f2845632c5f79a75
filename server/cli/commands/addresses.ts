import { Checker, exchangeAddresses, RULES, type Settings } from "../../core/index.ts";
import { ExportFile } from "../../node/index.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { recordsByChunk } from "../records-by-chunk.ts";
import { ADDRESS_REPORTS, type AddressReport, type RecipientCounts } from "../reports/addresses.ts";
import { complain, print } from "../terminal.ts";
import { settingsSource } from "./check.ts";

const help = `Says which SMTP addresses Exchange Online will show for each recipient of an export.

Usage: syncready addresses FILE [--format text|jsonl|csv] [--config FILE]

  --format FORMAT  text (for people, the default), jsonl (one JSON object a line: a "recipient" each, at
                   the end one "summary") or csv (one row a recipient)
  --config FILE    the settings; otherwise .syncready.json in the folder of the export
  FILE             an export; - is standard input

The primary address is that of proxyAddresses. Where these have secondary ones only, it is the address of the
alias (mailNickname) with the initial domain; without any, it is mail, and then the user principal name.
proxyAddresses mask mail. Addresses of domains that are reserved or not verified are not used. Users are taken
to be licensed. The settings initialDomain and verifiedDomains say what the tenant has. Objects that do not
synchronize are only counted.
Exit code: 0, or 2 where the file could not be read or the call was wrong.
`;

export const addresses: Command = {
  name: "addresses",
  summary: "says which addresses Exchange Online will show",
  help,
  run,
};

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    format: { type: "string", default: "text" },
    config: { type: "string" },
  });
  const [path, another] = positionals;
  if (path === undefined || another !== undefined) throw new UsageError("one file is needed: the export");
  const { format } = values;
  const report = Object.hasOwn(ADDRESS_REPORTS, format) ? ADDRESS_REPORTS[format]!() : undefined;
  if (report === undefined) throw new UsageError(`there is no format ${format}: say text, jsonl or csv`);
  const { settings } = await (await settingsSource(values.config))(path);
  const file = await ExportFile.open(path);
  try {
    const counts = await printAddresses(file, settings, report);
    if (counts.notWhole > 0)
      complain(`${path}: it does not show objects as they are in the directory, so nothing is said`);
    if (settings.initialDomain === undefined && counts.recipients > 0) {
      complain("the initial domain of the tenant is not known: the setting initialDomain names it");
    }
  } finally {
    await file.dispose();
  }
  return 0;
}

async function printAddresses(file: ExportFile, settings: Settings, report: AddressReport): Promise<RecipientCounts> {
  const checker = await checkerFor(file, settings);
  const counts = { recipients: 0, excluded: 0, others: 0, notWhole: 0 };
  await print(report.head);
  for await (const records of recordsByChunk(file)) {
    let text = "";
    for (const { entry } of records) {
      if (entry === undefined) continue;
      const found = exchangeAddresses(entry, settings);
      if (entry.isPartial === true || entry.isExtract === true) counts.notWhole++;
      else if (found === undefined) counts.others++;
      else if (checker.check(entry).excluded) counts.excluded++;
      else {
        counts.recipients++;
        text += report.recipient({ dn: entry.dn.text, objectType: entry.objectType, addresses: found });
      }
    }
    if (text !== "") await print(text);
  }
  await print(report.summary(counts));
  return counts;
}

/** The checker for what the export carries: a rule that requires more is silent. As much is read as it takes to know. */
async function checkerFor(file: ExportFile, settings: Settings): Promise<Checker> {
  const checker = new Checker(RULES, settings);
  const missing = new Set(checker.requiredAttributes);
  for await (const records of recordsByChunk(file)) {
    for (const { entry } of records) for (const type of entry?.attributeTypes() ?? []) missing.delete(type);
    if (missing.size === 0) break;
  }
  return checker.forExport(missing);
}
