// A book of many playbooks in invented English, for measuring search: the same pages for the same number, on every machine.
//
//     node benches/search/corpus.mjs FOLDER [PAGES]
//
// A page has a title, a lead and three to six headed sections, 600 to 850 words in all. Words are drawn as in real texts, few
// often and many rarely: some 400 words of the field, and a tail of 40,000 invented names of places and products. Titles hold
// such a name, as titles of real playbooks hold a place, a product or a month.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const list = (words) => words.trim().split(/\s+/);
const NOUNS = list(`customer account order parcel invoice refund payment contract renewal upgrade call conversation survey response
  comment promise handover queue callback appointment technician branch store counter receipt voucher discount tariff meter device
  router password login profile address delivery courier driver depot warehouse return exchange warranty claim complaint apology
  explanation escalation outcome journey step form button page screen banner notification reminder email letter message chat
  transcript script article guide answer question search result menu option basket checkout confirmation status update estimate
  delay outage incident workaround release rollout pilot experiment segment household business partner supplier agent adviser
  supervisor coach manager director analyst researcher designer engineer product feature backlog roadmap decision owner deadline
  target baseline trend spike driver theme verbatim quote signal score rating benchmark dashboard chart report summary insight
  cause pattern habit expectation effort friction confusion frustration relief delight trust loyalty churn retention revenue cost
  capacity staffing shift forecast volume policy rule exception threshold consent privacy language translation wording label
  instruction patient passenger guest member subscriber tenant learner visitor caller`);
const VERBS = list(`reduce improve remove shorten explain clarify confirm deliver repeat escalate resolve close open review rewrite
  simplify automate measure track sample read follow check verify compare plan launch pause stop start assign share publish present
  discuss challenge decide correct credit replace reroute cancel renew migrate train support apologise acknowledge thank invite ask
  remind notify warn prevent detect diagnose investigate document store protect anonymise redact observe watch map sketch design
  build ship`);
const ADJECTIVES = list(`clear slow fast late early missing wrong repeated simple complex hidden visible honest vague specific human
  manual digital seamless broken fragile stable reliable confusing helpful polite rude patient rushed consistent accurate outdated
  current annual monthly weekly daily regional local small large average typical rare frequent urgent routine sensitive vulnerable
  accessible paid free loyal new existing former silent satisfied neutral measurable seasonal unexpected avoidable costly cheap quick
  lasting temporary partial complete`);
const ADVERBS = list('usually often rarely sometimes almost quickly slowly clearly quietly directly eventually roughly exactly barely');
const TEAMS = ['Insights', 'Care Operations', 'Digital Product', 'Logistics', 'Billing Systems', 'Store Network', 'Claims', 'Platform'];
const PLACES = ['phone', 'chat', 'email', 'the app', 'the website', 'the store', 'social media', 'the help centre', 'field visits'];
const SECTIONS = list(`onboarding checkout delivery returns billing renewals cancellations complaints contact-centre chat-support
  self-service mobile-app web-account stores field-service loyalty accessibility outages surveys service-recovery`);
const SENTENCES = [
  'When the {n} is {a}, customers {v} the {n} twice and the {n} team sees it as {a} demand.',
  'We {r} {v} the {n} before anyone has asked the customer what the {a} {n} meant to them.',
  'Most of the {a} comments in {c} mention the {n}, the {n} or the {n}, in that order.',
  'If you own the {n}, start with the {a} cases: {v} the {n}, {v} the {n}, and only then {v} the {n}.',
  'Customers told us that the {n} felt {a} and that nobody could {v} the {n} without another {n}.',
  'In the {t} pilot the {n} was {a} on day one, yet the {n} only recovered in week {d}.',
  'Do not {v} a {n} to protect a {n}; {r} the {a} {n} returns as a {a} complaint.',
  'The {team} team and the {team} team agreed to {v} one {n} a week and to {v} the {n} in public.',
  'Agents in {t} {v} the {n} by hand, which is why {c} looks {a} while {c} looks {a}.',
  'After the {t} release, {d} of a hundred callers could {v} the {n} themselves.',
  'Nobody wakes up wanting a {n}; they want to {v} their {n} and get on with the day.',
  'We saw the same {a} {n} in {t}, {t} and {t}, which suggests the {n} and not the {n} is the cause.',
  'This playbook assumes you can {v} the {n} without a {n}; if you cannot, talk to the {team} team.',
  'Where the {n} is {a}, say so; customers {r} forgive a {a} {n} and {r} forgive silence.',
  'Use the {t} dashboard to {v} the {n}, and keep the {a} {n} out of the headline.',
  'Because of the {a} {n} at {t}, the {n} in {c} had to {v} {d} {n} reports.',
  'Before the {n}, {a} people {v} the {n} in {c} and the {n} behind it stays {a}.',
  'Each {n} should {v} the {n} for the {team} team, even if the {n} is {a}.',
];
const HEADINGS = [
  'What customers tell us about the {n}', 'Why the {n} matters', 'How to {v} the {n}', 'Signals to watch', 'Who owns the {n}',
  'What good looks like', 'Before you {v} the {n}', 'Common mistakes with a {a} {n}', 'Evidence from {t}', 'When to escalate',
  'A worked example: {t}', 'Closing the loop on the {n}', 'Next steps for the {team} team',
];
const TITLES = ['{h} {a} {n} contacts in {t}', '{h} the {n}: lessons from {t}', '{h} a {a} {n} at {t}', '{t}: {h} the {a} {n}'];
const HEADS = list('Reducing Explaining Fixing Preventing Measuring Owning Simplifying Designing Rewriting Scaling Retiring Testing');

/** Invented names, each once. */
const names = () => {
  const roll = dice(7);
  const of = (parts) => parts[Math.floor(roll() * parts.length)];
  const [first, middle, last] = [
    list('bra cor del el fen gar hol in jor kel lun mar nor or pel quin ros sel tor ul ver wes yar zan aber cast dun fair glen hart'),
    list('a e i o u ar en il or um an er is ol ad'),
    list('dale ton wick ford mere by stead ley ham bury port field gate well worth pick pay line desk care hub sense path loop note view'),
  ];
  const known = new Set();
  while (known.size < 40_000) {
    const name = of(first) + of(middle) + (roll() < 0.5 ? of(first) : '') + of(last);
    known.add(name[0].toUpperCase() + name.slice(1));
  }
  return [...known];
};

const letters = (number) => String(number).padStart(5, '0').replace(/\d/g, (digit) => 'abcdefghij'[digit]);

/** One page: its file below the content folder, its title and its text. */
const pageOf = (number, tail) => {
  const roll = dice(number * 2 + 1);
  const even = (words) => words[Math.floor(roll() * words.length)];
  // The first of a list are said most.
  const skewed = (words) => words[Math.floor(words.length ** roll()) - 1] ?? words[0];
  const word = (words) => (roll() < 0.45 ? skewed(words) : even(words));
  const slot = {
    n: () => word(NOUNS), v: () => word(VERBS), a: () => word(ADJECTIVES), r: () => even(ADVERBS), t: () => skewed(tail),
    c: () => even(PLACES), team: () => even(TEAMS), h: () => even(HEADS), d: () => String(2 + Math.floor(roll() * 90)),
  };
  const fill = (text) => {
    const full = text.replace(/\{(\w+)\}/g, (_, name) => slot[name]());
    return full[0].toUpperCase() + full.slice(1);
  };
  const title = fill(even(TITLES));
  const paragraph = () => Array.from({ length: 3 + Math.floor(roll() * 3) }, () => fill(even(SENTENCES))).join(' ');
  const parts = [[paragraph()], ...Array.from({ length: 3 + Math.floor(roll() * 4) }, () => [`## ${fill(even(HEADINGS))}`, paragraph()])];
  const most = 600 + Math.floor(roll() * 250);
  const count = () => parts.flat().join(' ').split(/\s+/).length;
  for (let at = 1; count() < most; at = at % (parts.length - 1) + 1) parts[at].push(paragraph());
  const slug = title.toLowerCase().replace(/[^a-z]+/g, '-');
  const section = SECTIONS[number % SECTIONS.length];
  const head = `---\ntitle: "${title}"\nowner: Head of ${even(TEAMS)}\noutcome: The ${even(NOUNS)} is ${even(ADJECTIVES)}.\n---\n\n`;
  return { file: `playbooks/${section}/${slug}-${letters(number)}.md`, title, text: `${head}${parts.flat().join('\n\n')}\n` };
};

/** Writes the book and gives its pages: address in the site, and title. */
export const write = (folder, pages) => {
  rmSync(folder, { recursive: true, force: true });
  for (const section of SECTIONS) mkdirSync(`${folder}/content/playbooks/${section}`, { recursive: true });
  writeFileSync(`${folder}/book.toml`, '[book]\ntitle = "Search bench"\nlanguage = "en"\n\n[checks]\nplaybook-incomplete = "off"\n');
  writeFileSync(`${folder}/content/index.md`, '# Search bench\n\nInvented pages.\n');
  const tail = names();
  for (let number = 0; number < pages; number++) {
    const { file, text } = pageOf(number, tail);
    writeFileSync(`${folder}/content/${file}`, text);
  }
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, pages = '10000'] = process.argv.slice(2);
  if (!folder) throw new Error('name a folder to write the book to');
  write(folder, Number(pages));
}
