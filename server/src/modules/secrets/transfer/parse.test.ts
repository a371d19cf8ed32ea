import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv.ts';
import { dotenvLine, parseDotenv } from './dotenv.ts';
import { formatOf, parse } from './guess.ts';
import { parseJson } from './json.ts';

const valuesOf = (text: string): Record<string, string> => Object.fromEntries(parseDotenv(text).entries.map(({ name, value }) => [name, value]));
const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{2,10}$/);

describe('a .env file', () => {
  test.each<[string, string, Record<string, string>]>([
    ['bare, with export and spaces', 'export A=1\n B = two words  \nC=', { A: '1', B: 'two words', C: '' }],
    ['comments of whole lines and behind values', '# first\nA=1 # one\n\nB=#2\n  # last', { A: '1', B: '' }],
    ['single quotes and backticks as they stand', "A='a # \\n $B'\nB=`it's \"so\"`", { A: 'a # \\n $B', B: 'it\'s "so"' }],
    ['double quotes with escapes', '"no"=1\nA="a\\n\\t\\"b\\" \\\\ \\$c \\d" # there', { A: 'a\n\t"b" \\ $c \\d' }],
    ['several lines in quotes', 'A="one\ntwo"\nB=\'-----BEGIN\nkey\n-----\'\nC=3', { A: 'one\ntwo', B: '-----BEGIN\nkey\n-----', C: '3' }],
    ['nothing is expanded', 'A=$HOME\nB="${A}"\nC=`$(id)`', { A: '$HOME', B: '${A}', C: '$(id)' }],
    ['a value with equals signs, and YAML’s colon', 'A=postgres://u:p@h/db?x=1\nB: two', { A: 'postgres://u:p@h/db?x=1', B: 'two' }],
    ['a byte order mark and the line ends of Windows', '\u{FEFF}A=1\r\nB="x\r\ny"\r', { A: '1', B: 'x\ny' }],
  ])('%s', (_what, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('bad lines are told by number and name, never by value, and do not swallow what follows', () => {
    const text = ['GOOD=1', 'just words', 'OPEN="never closed', 'TAIL="x" y', 'HASH=abc#def', 'GOOD=2', 'LAST=ok'].join('\n');
    const { entries, bad } = parseDotenv(text);
    expect(entries.map((entry) => [entry.line, entry.name])).toEqual([[1, 'GOOD'], [7, 'LAST']]); // prettier-ignore
    expect(bad).toEqual([
      { line: 2, name: null, reason: 'is not NAME=value' },
      { line: 3, name: 'OPEN', reason: 'something follows the closing quote' },
      { line: 4, name: 'TAIL', reason: 'something follows the closing quote' },
      { line: 5, name: 'HASH', reason: 'a # within a value: put the value in quotes' },
      { line: 6, name: 'GOOD', reason: 'is on line 1 already' },
    ]);
    expect(parseDotenv('A="x\nB=2').bad).toEqual([{ line: 1, name: 'A', reason: 'the quote is never closed' }]);
    expect(parseDotenv('A="x\nB=2').entries).toEqual([{ line: 2, name: 'B', value: '2' }]);
  });

  test('what is written is read again as it was, whatever it holds, and so is what stands after it', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll(/\r\n?/g, '\n'));
    fc.assert(
      fc.property(value, value, (first, second) => {
        expect(parseDotenv(`${dotenvLine('FIRST', first)}\n${dotenvLine('SECOND', second)}\n`)).toEqual({
          entries: [
            { line: 1, name: 'FIRST', value: first },
            { line: 2, name: 'SECOND', value: second },
          ],
          bad: [],
        });
      }),
      { numRuns: 500 },
    );
  });

  test('whatever it is given it ends, and every line is a line of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '`', '\\', '\n', '#', ' ', ':', '\r'), maxLength: 60 }), (text) => {
        const { entries, bad } = parseDotenv(text);
        const lines = text.split(/\r\n?|\n/).length;
        for (const { line } of [...entries, ...bad]) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('CSV', () => {
  test('rows are told by the line on which they begin, also behind values of several lines', () => {
    const text = 'note,Name,value\n,FIRST,1\n,SECOND,"a\nb ""c"", d"\n\n,THIRD,3\n,,4\n,FIRST,5\n';
    expect(parseCsv(text)).toEqual({
      entries: [
        { line: 2, name: 'FIRST', value: '1' },
        { line: 3, name: 'SECOND', value: 'a\nb "c", d' },
        { line: 6, name: 'THIRD', value: '3' },
      ],
      bad: [
        { line: 7, name: null, reason: 'has no name or no value' },
        { line: 8, name: 'FIRST', reason: 'is on line 2 already' },
      ],
    });
  });
  test('without the two columns nothing is taken', () => {
    expect(parseCsv('key,secret\nA,1').bad).toEqual([{ line: 1, name: null, reason: 'the first row must name the columns “name” and “value”' }]);
  });
});

describe('JSON', () => {
  test('texts, numbers and truth values are taken, the rest is told with its line, and so are twins', () => {
    const text = '{\n  "A": "x{\\"y\\":1}",\n  "B": 2, "C": true,\n  "D": null,\n  "E": { "A": 1 },\n  "A": "again"\n}';
    const { entries, bad } = parseJson(text);
    expect(entries.map(({ line, name: found }) => [line, found])).toEqual([[2, 'A'], [3, 'B'], [3, 'C']]); // prettier-ignore
    expect(bad).toEqual([
      { line: 4, name: 'D', reason: 'is neither text, number, true nor false' },
      { line: 5, name: 'E', reason: 'is neither text, number, true nor false' },
      { line: 6, name: 'A', reason: 'is on line 2 already' },
    ]);
  });
  test('where it is not JSON is told without what stands there', () => {
    const { bad } = parseJson('{\n  "A": "hunter2hunter2",\n  oops hunter3\n}');
    expect(bad).toEqual([{ line: 3, name: null, reason: 'is not JSON from here on' }]);
    expect(parseJson('["a"]').bad[0]!.reason).toBe('is not an object of names and values');
    expect(parseJson('{ "A": "cut').bad).toEqual([{ line: 1, name: null, reason: 'is not JSON from here on' }]);
  });
  test('any object of texts is read as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/\r\n?/g, '\n'))), fc.constantFrom(0, 2), (values, indent) => {
        expect(Object.fromEntries(parseJson(JSON.stringify(values, null, indent)).entries.map((one) => [one.name, one.value]))).toEqual(values);
      }),
    ); // prettier-ignore
  });
});

test('what a file is, is seen from its beginning', () => {
  expect([formatOf(' {"A":1}'), formatOf('name,value\nA,1'), formatOf('"value","name"\r\n1,A'), formatOf('A=1,2'), formatOf('')]).toEqual(['json', 'csv', 'csv', 'env', 'env']); // prettier-ignore
  expect(parse('name,value\nA_B,1').entries).toEqual([{ line: 2, name: 'A_B', value: '1' }]);
});
