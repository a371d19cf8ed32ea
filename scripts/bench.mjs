import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { obeySignals, run, stopping } from './lib/children.mjs';
import { install } from './lib/install.mjs';
import { ROOT, at, node24, toolEnvironment } from './lib/paths.mjs';
import { script } from './lib/refusal.mjs';
import { buildServer } from './lib/server.mjs';

/** @typedef {{ name: string, value: number | string, unit: string, budget?: number | string, ok?: boolean }} Figure */

/** @param {string} line @returns {Figure[]} */
function figure(line) {
  try {
    const parsed = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'name' in parsed && 'value' in parsed ? [parsed] : [];
  } catch {
    return [];
  }
}

/** @param {readonly string[][]} rows */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
    .join('\n');
}

/** Runs one file. Answers its figures, and whether it ended well. @param {string} file */
async function measure(file) {
  process.stdout.write(`  ${file} …\n`);
  const { code, output } = await run(node24(), [join('bench', 'src', file)], { cwd: ROOT, env: toolEnvironment() });
  const figures = output.split('\n').flatMap(figure);
  const sound = code === 0 && figures.length > 0;
  if (!sound) process.stdout.write(`${output.trimEnd()}\n  ${file} ended with code ${code} and ${figures.length} figures\n`);
  return { figures, sound };
}

/** @param {Figure} figure */
const row = ({ name, value, unit, budget, ok }) => [
  name,
  String(value),
  unit,
  String(budget ?? ''),
  { true: 'kept', false: 'MISSED', undefined: '' }[`${ok}`] ?? '',
];

/** Figures against their budgets: `npm run bench`, or `npm run bench -- gate audit` for files with these words in their names. */
await script(async () => {
  obeySignals();
  await install(() => undefined);
  await buildServer(() => undefined);
  const words = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
  const files = readdirSync(at('bench', 'src')).filter(
    (name) => name.endsWith('.bench.ts') && (words.length === 0 || words.some((word) => name.includes(word))),
  );
  const results = [];
  for (const file of files.sort()) if (!stopping()) results.push(await measure(file));
  const figures = results.flatMap((result) => result.figures);
  const bad = results.filter(({ sound }) => !sound).length + figures.filter(({ ok }) => ok === false).length;
  process.stdout.write(
    `\n${table([['what', 'value', 'unit', 'budget', ''], ...figures.map(row)])}\n${bad === 0 ? 'every budget is kept' : `${bad} missed or failed`}\n`,
  );
  return bad === 0 && figures.length > 0 ? 0 : 1;
});
