import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breachFile } from './breaches.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'switchyard-breaches-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const sha1 = (password: string): string => createHash('sha1').update(password).digest('hex').toUpperCase();
const faults: Error[] = [];
const listOf = (text: string) => {
  const path = join(folder, 'list.txt');
  writeFileSync(path, text);
  return breachFile(path, (error) => faults.push(error));
};

describe('a list of leaked passwords', () => {
  test('knows what is in it and nothing else, whatever is in it and however its lines end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 25 }),
        fc.string(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 16, max: 40 }),
        async (leaked, other, end, counts, digits) => {
          const lines = leaked.map((password, index) => sha1(password).slice(0, digits) + (counts ? `:${index}` : ''));
          const list = listOf(lines.sort().join(end) + (lines.length % 2 ? end : ''));
          for (const password of leaked) expect(await list.contains(password)).toBe(true);
          expect(await list.contains(other)).toBe(leaked.includes(other));
        },
      ),
      { numRuns: 15 },
    ));

  test('of a hundred thousand finds each of its ends, its middle and its neighbours', async () => {
    const passwords = Array.from({ length: 100_000 }, (_none, index) => `password number ${index}`);
    const sorted = passwords.map((password) => ({ password, hash: sha1(password) })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const list = listOf(sorted.map(({ hash }, index) => `${hash}:${index * 37}`).join('\r\n'));
    for (const index of [0, 1, 2, 49_999, 50_000, 99_997, 99_998, 99_999]) expect(await list.contains(sorted[index]!.password)).toBe(true);
    for (let index = 0; index < 200; index += 1) expect(await list.contains(`not leaked ${index}`)).toBe(false);
  });

  test('is empty when it is', async () => expect(await listOf('').contains('anything')).toBe(false));

  test('that is missing, or is no list of hashes, says nothing rather than no, and tells the log', async () => {
    faults.length = 0;
    expect(await breachFile(join(folder, 'nowhere.txt'), (error) => faults.push(error)).contains('anything')).toBeUndefined();
    for (const text of ['hello\nworld\n', `${sha1('a').slice(0, 15)}\n`, '<html>\n<body>\n'])
      expect(await listOf(text).contains('anything')).toBeUndefined();
    expect(faults).toHaveLength(4);
    expect(faults.map(({ message }) => message).join()).not.toContain('anything');
  });
});
