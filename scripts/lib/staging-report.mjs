import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from './refusal.mjs';

/**
 * One line of a staging test. `person`: nothing in a program can say it; somebody has to look, and say so with `sign`.
 * `skipped`: it was not tried, since what it builds on did not pass or the run was stopped.
 * @typedef {'passed' | 'failed' | 'person' | 'skipped'} Result
 */
/**
 * @typedef {object} Line
 * @property {number} number counted from 1
 * @property {string} name
 * @property {Result} result
 * @property {string} did what was done, or what a person is to do
 * @property {number} seconds
 * @property {string} [error] as it was shown
 * @property {{ name: string, at: string, note: string | null }} [by] whoever answered for it
 */
/**
 * @typedef {object} Report
 * @property {'switchyard-staging-report'} type
 * @property {string} installation host that was tried
 * @property {string | null} version that it says it is of; null when it did not say
 * @property {string} commit that the program, and so what it expects, is of
 * @property {boolean} isClean nothing in the working copy differed from that commit
 * @property {string} startedAt
 * @property {string} endedAt
 * @property {Line[]} lines
 * @property {{ name: string, at: string } | null} signedOff
 * @property {string} sha256 of all the rest, as canonical JSON
 */

/** JSON with sorted keys and no space, so that the same report always has the same hash. @param {any} value @returns {string} */
const canonical = (value) => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).filter((name) => value[name] !== undefined).sort(); // prettier-ignore
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
};

/** @param {Omit<Report, 'sha256'> & { sha256?: string }} report */
export const hashOf = ({ sha256: _own, ...rest }) => createHash('sha256').update(canonical(rest)).digest('hex');

/** @param {Omit<Report, 'sha256'>} report @returns {Report} */
const sealed = (report) => ({ ...report, sha256: hashOf(report) });

/** What keeps the report from being signed off. @param {Pick<Report, 'lines'>} report */
export const openLines = ({ lines }) => lines.filter(({ result }) => result !== 'passed');

const WORDS = { passed: 'passed', failed: 'FAILED', person: 'needs a person', skipped: 'not tried' };

/** In a cell of a table: one line, and no bar ends it. @param {string} text */
const cell = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim();

/** @param {Line} line */
const row = ({ number, name, result, did, seconds, error, by }) =>
  `| ${number} | ${cell(name)} | ${WORDS[result]} | ${cell([did, error].filter(Boolean).join(' — '))} | ${seconds.toFixed(1)} s | ${by ? cell(`${by.name}, ${by.at}${by.note ? `: ${by.note}` : ''}`) : ''} |`;

/** The report for people. @param {Report} report */
export function markdown(report) {
  const { installation, version, commit, isClean, startedAt, endedAt, lines, signedOff, sha256 } = report;
  const open = openLines(report);
  return `# Staging test of ${installation}

| | |
| --- | --- |
| Version of the installation | ${version ?? 'not said'} |
| Commit of the program | ${commit}${isClean ? '' : ', with changes that are not committed'} |
| From | ${startedAt} |
| To | ${endedAt} |
| Signed off | ${signedOff ? `${cell(signedOff.name)}, ${signedOff.at}` : open.length === 0 ? 'not yet: every line passed' : `no: ${open.length} of ${lines.length} lines did not pass`} |
| SHA-256 of the report | ${sha256} |

| Line | What | Result | What was done, and the error as shown | Took | Answered for by |
| --- | --- | --- | --- | --- | --- |
${lines.map(row).join('\n')}
`;
}

/** The same beside it for people. @param {string} file */
const markdownFile = (file) => file.replace(/\.json$/, '.md');

/** Writes it for programs, and beside it for people. @param {string} file that ends in `.json` @param {Omit<Report, 'sha256'>} report */
export function writeReport(file, report) {
  const whole = sealed(report);
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
  writeFileSync(markdownFile(file), markdown(whole));
  return whole;
}

/** @param {string} file @returns {unknown} */
function parsed(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refusal(
      `${file} cannot be read as a report: ${error instanceof Error ? error.message : String(error)}.`,
      'Name the .json file that the staging test wrote.',
    );
  }
}

/** @param {any} found @returns {found is Report} */
const isReport = (found) => found?.type === 'switchyard-staging-report' && Array.isArray(found.lines);

/**
 * Reads a report, and refuses one that was edited: its hash is no longer its own, or the text for people says something else.
 * Whoever edits it and works out the hash anew is not found by this: keep the hash where others see it, as in the ticket of the release.
 * @param {string} file
 */
export function readReport(file) {
  const found = parsed(file);
  if (!isReport(found)) throw new Refusal(`${file} is not the report of a staging test.`, 'Name the .json file that the staging test wrote.');
  const again = 'Take the file that the staging test wrote, or run the test again.';
  if (found.sha256 !== hashOf(found)) throw new Refusal(`${file} was changed after it was written: its hash is not that of what it says.`, again);
  const text = markdownFile(file);
  if (existsSync(text) && readFileSync(text, 'utf8') !== markdown(found))
    throw new Refusal(`${text} was changed after it was written: it does not say what ${file} says.`, again);
  return found;
}

/** @param {string} name */
function requireName(name) {
  if (name.trim() === '') throw new Refusal('Nobody is named who answers for it.', 'Add --as "Your name".');
  return name.trim();
}

/**
 * Somebody answers for a line that needs a person. Lines that the program judged are not for people to overrule.
 * @param {string} file
 * @param {{ as: string, line: number, result: string, note: string | null, now?: Date }} said
 */
export function answerLine(file, { as, line, result, note, now = new Date() }) {
  const report = readReport(file);
  const name = requireName(as);
  const found = report.lines.find(({ number }) => number === line);
  if (!found) throw new Refusal(`The report has no line ${line}.`, `It has lines 1 to ${report.lines.length}.`);
  if (result !== 'passed' && result !== 'failed') throw new Refusal(`A line cannot end as "${result}".`, 'Say --result passed or --result failed.');
  /** @type {Result} */
  const judged = result;
  if (found.result !== 'person' && found.by === undefined)
    throw new Refusal(
      `Line ${line}, "${found.name}", was judged by the program: ${WORDS[found.result]}.`,
      'Mend what is wrong, and run the staging test again.',
    );
  const lines = report.lines.map((one) => (one === found ? { ...one, result: judged, by: { name, at: now.toISOString(), note } } : one));
  return writeReport(file, { ...report, lines, signedOff: null });
}

/**
 * Somebody signs for the whole of it, which is possible only once every line passed.
 * @param {string} file
 * @param {{ as: string, now?: Date }} said
 */
export function signOff(file, { as, now = new Date() }) {
  const report = readReport(file);
  const name = requireName(as);
  const open = openLines(report);
  if (open.length > 0)
    throw new Refusal(
      `The report cannot be signed off: ${open.map(({ number, name: what, result }) => `line ${number}, "${what}": ${WORDS[result]}`).join('; ')}.`,
      'Answer for lines that need a person with --line; mend what failed, and run the staging test again.',
    );
  return writeReport(file, { ...report, signedOff: { name, at: now.toISOString() } });
}
