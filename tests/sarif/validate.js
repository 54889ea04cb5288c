// What `cxbook check --format sarif` says of broken books, held against the schema of SARIF 2.1.0 and against the books.
//
//   npm ci --ignore-scripts && node validate.js ../../target/release/cxbook

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";

const program = resolve(process.argv[2] ?? "../../target/release/cxbook");
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("@microsoft/jest-sarif/package.json"));
const schema = JSON.parse(readFileSync(join(folder, "lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const holds = ajv.compile(schema);

const toml = '[book]\ntitle = "Broken"\n[cx]\nas-of = "2026-10-15"\n';
const books = {
  "without a book.toml": {},
  "without a page": { "book.toml": toml },
  "with nothing to say": {
    "book.toml": toml,
    "content/index.md": "# Fine\n\nHello.\n",
  },
  "with broken links and names": {
    "book.toml": toml,
    "content/index.md": "# A\n\n😀é [x](nowhere.md) {metric}`npss` [[No such page]]\n",
    "content/playbooks/a.md": "---\nteams: [nobody]\nmetrics: [nps]\n---\n# B\n\n```{chrt} nps\n```\n",
    "content/pages/größe & co.md": "# C\n\n<b>x</b>\n",
  },
  "that cannot be read": {
    "book.toml": "[book\ntitle = 1\n",
    "content/index.md": "---\ntitle: [\n---\n",
    "content/map.yaml": "edges:\n\t- team: x\n",
    "content/glossary.yaml": "- term: A\n  definition: x\n- term: A\n  definition: y\n- term: B\n  definition: z\n  also: A\n",
    "content/pages/utf16.md": Buffer.from("\ufeff# A\n", "utf16le"),
  },
  "with something private": {
    "book.toml": toml,
    "content/index.md": "# A\n\nWrite to jo.bloggs@mail.example or call 0117 496 0123.\n",
    "content/quotes/a.yaml": "- text: Call me on 0117 496 0123\n  source: Survey\n  date: 2026-03\n  consent: yes\n  anonymised: true\n",
  },
  "with thousands of findings": {
    "book.toml": toml,
    "content/index.md": `# A\n\n${"[x](nowhere.md)\n\n".repeat(3000)}`,
  },
};

const room = mkdtempSync(join(tmpdir(), "cxbook-sarif-"));
let failures = 0;
const fail = (name, why) => {
  failures += 1;
  console.error(`the book ${name}: ${why}`);
};

function check(cwd, args, format) {
  const done = spawnSync(program, ["check", ...args, "--format", format], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (![0, 1].includes(done.status)) throw new Error(`cxbook ended with ${done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

// The book lies below the folder of the repository, and its own folder has a blank in its name.
function look(name, inside, files) {
  const repository = join(room, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, inside, path)), { recursive: true });
    writeFileSync(join(repository, inside, path), text);
  }
  mkdirSync(join(repository, inside), { recursive: true });
  const args = inside ? [inside] : [];
  const log = check(repository, args, "sarif");
  const found = check(repository, args, "json");
  if (!holds(log)) fail(name, ajv.errorsText(holds.errors, { separator: "\n  " }));
  const [{ results, tool }] = log.runs;
  if (results.length !== found.length) fail(name, `${results.length} results of ${found.length} findings`);
  for (const [at, result] of results.entries()) {
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    const file = join(repository, decodeURIComponent(artifactLocation.uri));
    if (tool.driver.rules[result.ruleIndex]?.id !== result.ruleId) fail(name, `${result.ruleId} has the rule of another`);
    if (result.ruleId !== found[at].name) fail(name, `${result.ruleId} stands where ${found[at].name} was found`);
    if (!existsSync(file) && !artifactLocation.uri.endsWith("book.toml")) fail(name, `there is no ${artifactLocation.uri}`);
    if (!existsSync(file) || region.startColumn === undefined) continue;
    const line = readFileSync(file, "utf8").split("\n")[region.startLine - 1] ?? "";
    if (region.endColumn > [...line].length + 2) fail(name, `${result.ruleId} ends behind its line`);
  }
  return log;
}

const logs = Object.entries(books).map(([name, files], at) => look(name, at % 2 ? "my büok" : "", files));
const sizes = logs.map((log) => log.runs[0].results.length);
if (sizes[2] !== 0 || sizes.at(-1) < 3000) fail("with nothing to say", `expected none there and thousands in the last: ${sizes}`);
const said = JSON.stringify(logs);
if (/0123|jo\.bloggs/.test(said)) fail("with something private", "what is private was said");
if (!said.includes("relatedLocations")) fail("that cannot be read", "no result points at a second place");

// A schema that accepts everything would hold nothing: one slip each has to be seen.
const slips = [
  (log) => (log.version = "2.0.0"),
  (log) => (log.runs[0].results[0].level = "fatal"),
  (log) => delete log.runs[0].results[0].message,
  (log) => (log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0),
  (log) => (log.runs[0].tool.driver.unknown = 1),
];
for (const slip of slips) {
  const log = structuredClone(logs[1]);
  slip(log);
  if (holds(log)) fail("with a planted slip", `the schema accepts ${slip}`);
}

rmSync(room, { recursive: true });
console.log(`SARIF of ${logs.length} books with ${sizes.join(", ")} findings: ${failures ? `${failures} failures` : "fine"}`);
process.exit(failures ? 1 : 0);
