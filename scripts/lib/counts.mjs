import { stripVTControlCharacters } from 'node:util';

/**
 * What one suite did.
 * @typedef {{ name: string, passed: number, failed: string[], skipped: string[] }} Suite
 */

/** @param {string} name @returns {Suite} */
export const emptySuite = (name) => ({ name, passed: 0, failed: [], skipped: [] });

/** Lines of an explanation that are told again in the end. */
const MOST_LINES = 25;

/** A failed test with the beginning of its explanation: whoever keeps only the end of what was printed knows why. @param {string} name @param {string | undefined} why */
export const failure = (name, why) =>
  [name, ...stripVTControlCharacters(why ?? '').split('\n').filter((line) => line.trim() !== '').slice(0, MOST_LINES).map((line) => `    ${line.slice(0, 300)}`)].join('\n'); // prettier-ignore

/** A suite that ran no test has proven nothing, so it counts as a failure. @param {Suite} suite @returns {Suite} */
export const demandTests = (suite) => (suite.passed + suite.failed.length + suite.skipped.length > 0 ? suite : { ...suite, failed: ['no test ran'] });

/**
 * The summary: a line per suite, the failed and skipped ones by name, and the counts as the very last line.
 * @param {readonly Suite[]} suites
 */
export function summary(suites) {
  const line = (/** @type {number} */ passed, /** @type {number} */ failed, /** @type {number} */ skipped) =>
    `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const named = (/** @type {string} */ title, /** @type {'failed' | 'skipped'} */ kind) => {
    const all = suites.flatMap((suite) => suite[kind].map((test) => `  ${suite.name}: ${test}`));
    return all.length > 0 ? [title, ...all] : [];
  };
  const sum = (/** @type {(suite: Suite) => number} */ count) => suites.reduce((total, suite) => total + count(suite), 0);
  const width = Math.max(...suites.map(({ name }) => name.length));
  return [
    'Suites',
    ...suites.map(({ name, passed, failed, skipped }) => `  ${name.padEnd(width)}  ${line(passed, failed.length, skipped.length)}`),
    ...named('Skipped', 'skipped'),
    ...named('Failed', 'failed'),
    line(
      sum(({ passed }) => passed),
      sum(({ failed }) => failed.length),
      sum(({ skipped }) => skipped.length),
    ),
  ].join('\n');
}
