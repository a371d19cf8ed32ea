import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const page = read('docs/governance-criteria.md');
const linesOf = (pattern: RegExp): string[] => page.split('\n').filter((line) => pattern.test(line));
const filesIn = (line: string): string[] => [...line.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path]) => path!);

test('the page of criteria names a test for each of the 17 issues', () => {
  expect(linesOf(/^## \d+\. /)).toHaveLength(17);
  for (const part of page.split(/^## /m).slice(1)) expect(part, part.slice(0, 40)).toMatch(/^- `governance \d+`/m);
});

test('every criterion is proven by files that hold tests', () => {
  const rows = linesOf(/^\| (?!Criterion|---)/);
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) {
    expect(filesIn(row), row).not.toEqual([]);
    for (const path of filesIn(row)) expect(read(path), path).toMatch(/\btest(\.\w+)*\s*\(|\bdescribe/);
  }
});

test('every scenario of the page is a test of that name where the page says', () => {
  const scenarios = linesOf(/^- `governance \d+`/);
  expect(scenarios.length).toBeGreaterThan(80);
  for (const line of scenarios) {
    const [, id] = /`(governance \d+)`/.exec(line)!;
    for (const path of filesIn(line)) expect(read(path), `${id} in ${path}`).toContain(`${id}: `);
  }
});
