import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSets, toSets, type Sets } from '../sets.ts';
import { MAX_ERRORS, parseZoneFile } from './parser.ts';
import { SAMPLE } from '../fixtures/sample.ts';
import { writeZoneFile } from './write.ts';

const ZONE = 'example.test';
const parse = (text: string | Uint8Array) => parseZoneFile(text, ZONE, 3600);
const lines = (text: string): string[] => {
  const { records, errors } = parse(text);
  expect(errors).toEqual([]);
  return records.map(({ name, ttl, type, value }) => `${name} ${ttl} ${type} ${value}`);
};
const setsOf = (records: readonly { name: string; type: string; ttl: number; value: string }[]): Sets =>
  toSets(records.map((record, id) => ({ ...record, id: String(id), comment: null })));
const SOA = { ttl: 3600, value: 'ns1.example.test. hostmaster.example.test. 7 7200 900 1209600 300' };

describe('reading a zone file', () => {
  test('takes everything that RFC 1035 allows', () => {
    const { records, soa, errors, notes } = parse(SAMPLE);
    expect(errors).toEqual([]);
    expect(notes).toEqual([]);
    expect(soa).toEqual({ ttl: 3600, value: 'ns1.example.test. hostmaster.example.test. 2026112001 7200 900 1209600 300', line: 3 });
    expect(records).toHaveLength(23);
    const has = (name: string, type: string) =>
      records.filter((record) => record.name === name && record.type === type).map(({ ttl, value }) => `${ttl} ${value}`);
    expect(has(ZONE, 'NS')).toEqual(['3600 ns1.example.test.', '3600 ns2.example.net.']);
    expect(has(ZONE, 'MX')).toEqual(['300 10 mail.example.test.']);
    expect(has('mail.example.test', 'A')).toEqual(['5400 192.0.2.25']);
    expect(has('www.example.test', 'CNAME')).toEqual(['600 web.example.test.']);
    expect(has('web.example.test', 'A')).toEqual(['3600 192.0.2.80', '3600 192.0.2.81']);
    expect(has('ns.sub.example.test', 'A')).toEqual(['3600 192.0.2.54']);
    expect(has('odd.example.test', 'TYPE65280')).toEqual(['3600 \\# 3 ABCDEF']);
  });

  test.each<[string, string, string[]]>([
    ['escapes and quotes', 'a TXT "a;b" c\\;d "\\"e\\"" "\\065"', ['a.example.test 3600 TXT "a;b" "c;d" "\\"e\\"" "A"']],
    ['parentheses across lines with comments', 'a TXT ( "x" ; one\n "y" ; two )\n )', ['a.example.test 3600 TXT "x" "y"']],
    ['Windows line ends', 'a A 192.0.2.1\r\nb A 192.0.2.2\r\n', ['a.example.test 3600 A 192.0.2.1', 'b.example.test 3600 A 192.0.2.2']],
    ['a byte order mark', '\ufeffa A 192.0.2.1', ['a.example.test 3600 A 192.0.2.1']],
    ['class before TTL and after', 'a IN 60 A 192.0.2.1\nb 60 IN A 192.0.2.2', ['a.example.test 60 A 192.0.2.1', 'b.example.test 60 A 192.0.2.2']],
    ['small letters', 'A a 192.0.2.1\nb in mx 10 Mail', ['a.example.test 3600 A 192.0.2.1', 'b.example.test 3600 MX 10 mail.example.test.']],
    ['the TTL of the record before', 'a 60 A 192.0.2.1\nb A 192.0.2.2', ['a.example.test 60 A 192.0.2.1', 'b.example.test 60 A 192.0.2.2']],
    ['$TTL before that', '$TTL 1d\na 60 A 192.0.2.1\nb A 192.0.2.2', ['a.example.test 60 A 192.0.2.1', 'b.example.test 86400 A 192.0.2.2']],
    ['a relative $ORIGIN', '$ORIGIN sub\na A 192.0.2.1', ['a.sub.example.test 3600 A 192.0.2.1']],
    ['an escaped dot in a name', 'a\\.b A 192.0.2.1', ['a\\.b.example.test 3600 A 192.0.2.1']],
    ['international names', 'bücher A 192.0.2.1', ['xn--bcher-kva.example.test 3600 A 192.0.2.1']],
    ['a known type by number', 'a TYPE1 \\# 4 C0000201', ['a.example.test 3600 A 192.0.2.1']],
    ['nothing but space and comments', '\n ; nothing\n\t\n', []],
  ])('takes %s', (_what, text, expected) => expect(lines(text)).toEqual(expected));

  test('infrastructure 101: Given a file with 3 errors, then all three are listed with line and column, nothing is applied', () => {
    const { errors } = parse('a A 192.0.2.1\nb A 192.0.2.300\nc MX mail\n  d\nwww.example.org. A 192.0.2.1\n');
    expect(errors).toEqual([
      { line: 2, column: 5, message: expect.stringContaining('IPv4') },
      { line: 3, column: 6, message: expect.stringContaining('priority') },
      { line: 4, column: 3, message: expect.stringContaining('not a record type') },
      { line: 5, column: 1, message: expect.stringContaining('not in the zone') },
    ]);
  });

  test('infrastructure 102: Given `$INCLUDE`, then refused; given `$GENERATE 1-10`, then ten records', () => {
    expect(parse('$INCLUDE /etc/passwd').errors).toEqual([{ line: 1, column: 1, message: expect.stringContaining('$INCLUDE is not possible') }]);
    const made = lines('$GENERATE 1-10 host-$ A 192.0.2.$');
    expect(made).toHaveLength(10);
    expect(made[9]).toBe('host-10.example.test 3600 A 192.0.2.10');
  });

  test('$GENERATE counts in steps, with offset, width, base and nibbles', () => {
    expect(lines('$GENERATE 0-4/2 h${10,3,d} 60 CNAME x${0,2,x}.example.net.')).toEqual([
      'h010.example.test 60 CNAME x00.example.net.',
      'h012.example.test 60 CNAME x02.example.net.',
      'h014.example.test 60 CNAME x04.example.net.',
    ]);
    expect(lines('$GENERATE 18-18 ${0,3,n} TXT "$$ for $"')[0]).toBe('2.1.example.test 3600 TXT "$ for 18"');
    expect(parse('$GENERATE 1-5000 h$ A 192.0.2.1').errors[0]!.message).toContain('5000 records');
    expect(parse('$GENERATE 1-4096 a$ A 192.0.2.1\n$GENERATE 1-2 b$ A 192.0.2.1').errors[0]!.message).toContain('more than 4096');
    expect(parse('$GENERATE 1-2 a${-5} A 192.0.2.1').errors[0]!.message).toContain('below 0');
  });

  test.each<[string, string, RegExp]>([
    ['an open quote', 'a TXT "x\nb A 192.0.2.1', /quote is not closed/],
    ['an open parenthesis', 'a TXT ( "x"', /parenthesis is not closed/],
    ['a stray parenthesis', 'a TXT "x" )', /was not opened/],
    ['no owner', ' A 192.0.2.1', /no name/],
    ['another class', 'a CH A 192.0.2.1', /class CH/],
    ['an unknown directive', '$OTHER x', /not a directive/],
    ['a TTL that is too long', 'a 99999w A 192.0.2.1', /longer than a TTL/],
    ['a second SOA', '@ SOA a b 1 2 3 4 5\n@ SOA a b 1 2 3 4 5', /second SOA/],
    ['SOA of a name below', 'x SOA a b 1 2 3 4 5', /top of the zone/],
    ['a NUL', 'a A 192.0.2.1\n\0', /U\+0000/],
    ['a lone surrogate', 'a TXT "\ud800"', /U\+D800/],
    ['a trailing backslash', 'a TXT x\\', /after a backslash/],
    ['missing data', 'a MX', /missing/],
    ['missing type', 'a 60 IN', /type is missing/],
    ['too much data', 'a A 192.0.2.1 192.0.2.2', /more than this type takes/],
  ])('refuses %s, and says where', (_what, text, why) => {
    const { errors } = parse(text);
    expect(errors[0]!.message).toMatch(why);
    expect(errors[0]!.line).toBeGreaterThan(0);
    expect(errors[0]!.column).toBeGreaterThan(0);
  });

  test('what comes after a broken line is read', () => {
    const { records, errors } = parse('a TXT "x\nb A 192.0.2.1\nc TXT ( "y" ) )\nd A 192.0.2.2');
    expect(errors.map(({ line }) => line)).toEqual([1, 3]);
    expect(records.map(({ name }) => name)).toEqual(['b.example.test', 'd.example.test']);
  });

  test('records of a signing server, records twice and odd TTLs are left out or settled, and noted', () => {
    const { records, notes, errors } = parse('a 60 A 192.0.2.1\na 61 A 192.0.2.2\na A 192.0.2.1\na RRSIG A 8 2 60 x y z\na DNSKEY 1');
    expect(errors).toEqual([]);
    expect(records.map(({ ttl }) => ttl)).toEqual([60, 60]);
    expect(notes.map(({ line }) => line)).toEqual([2, 3, 3, 4, 5]);
  });

  test('bytes that are not UTF-8 are found at their place', () => {
    const bytes = Buffer.concat([Buffer.from('a A 192.0.2.1\nb TXT "gr'), Buffer.from([0xfc]), Buffer.from('n"\n')]);
    expect(parse(bytes).errors).toEqual([{ line: 2, column: 10, message: 'this is not UTF-8 text' }]);
  });

  test('lists the first 100 errors', () => {
    expect(parse('a A nope\n'.repeat(5000)).errors).toHaveLength(MAX_ERRORS);
  });
});

describe('large and hostile files', () => {
  const MIB = 1024 * 1024;
  test('10,000 records are read, one more is refused', () => {
    const many = (count: number): string => Array.from({ length: count }, (_, n) => `h${n} A 192.0.2.1\n`).join('');
    expect(parse(many(10_000)).records).toHaveLength(10_000);
    expect(parse(many(10_001)).errors).toEqual([{ line: 10_001, column: 1, message: expect.stringContaining('10000 records') }]);
  });

  test.each<[string, string]>([
    ['20 MB of records', 'a A 192.0.2.1\n'.repeat(1_500_000)],
    ['20 MB without a line end', 'a'.repeat(20 * MIB)],
    ['5 MB in one line', ' '.repeat(5 * MIB)],
    ['a line of 64 KiB and one', `a TXT ${'x'.repeat(64 * 1024)}`],
  ])('%s are refused by size', (_what, text) => expect(parse(text).errors).toHaveLength(1));

  // None of these may take longer than reading them: a quadratic reader would run into the time limit of the test.
  const full = (unit: string): string => unit.repeat(Math.floor((5 * MIB) / unit.length));
  test.each<[string, string]>([
    ['line ends', full('\n')],
    ['open parentheses', full(`${'('.repeat(60_000)}\n`)],
    ['open parentheses before much space', full(`${'(\n'.repeat(100)}${'\n'.repeat(5_000_000)}`)],
    ['open quotes', full(`a TXT "${'x'.repeat(60_000)}\n`)],
    ['escapes', full(`a TXT ${'\\a'.repeat(30_000)}\n`)],
    ['escaped octets in names', full(`${'\\001'.repeat(15_000)} A 192.0.2.1\n`)],
    ['dots', full(`${'a.'.repeat(30_000)} A 192.0.2.1\n`)],
    ['short strings', full(`a TXT ${'x '.repeat(30_000)}\n`)],
    ['hexadecimal words', full(`a TYPE999 \\# 3000 ${'ab '.repeat(3_000)}\n`)],
    ['service parameters', full(`a HTTPS 1 . ${Array.from({ length: 3_000 }, (_, n) => `key${n + 10}=x`).join(' ')}\n`)],
    ['mandatory lists', full(`a HTTPS 1 . mandatory=${'alpn,'.repeat(10_000)}\n`)],
    ['international letters', full(`${'ü'.repeat(20_000)} A 192.0.2.1\n`)],
    ['generators', full('$GENERATE 1-4096 a$ A 192.0.2.1\n')],
    ['generator templates', full(`$GENERATE 1-4096 a$ TXT ${'$'.repeat(4_000)}\n`)],
    ['entries that open in one line and close in the next', full('a TXT ( "x"\n)\n')],
    ['one entry over the whole file', `a TXT (${full('"x"\n')}`],
    ['times', full(`a ${'1h'.repeat(30_000)} A 192.0.2.1\n`)],
    ['semicolons', full(';'.repeat(60_000) + '\n')],
  ])('5 MiB of %s are read in one pass', (_what, text) => void parse(text), 20_000);

  test('no text and no bytes make the reader throw, and every error has its place', () => {
    const word = fc.constantFrom('a', '@', '$ORIGIN', '$TTL', '$GENERATE', '1-3', 'x$', 'IN', '60', '1h', 'A', 'MX', 'TXT', 'SOA', 'HTTPS', 'TYPE99', '\\#', '"x', '"y"', '(', ')', ';', '\n', '\n ', '\\', '\\1', '192.0.2.1', '10', 'ü', '\0', '\r\n', '*', '.'); // prettier-ignore
    const soup = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));
    const check = (input: string | Uint8Array): void => {
      for (const { line, column } of parse(input).errors) expect(Math.min(line, column)).toBeGreaterThan(0);
    };
    fc.assert(fc.property(soup, check), { numRuns: 2000 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check), { numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 500 });
  });
});

describe('writing a zone file', () => {
  const sample = (): Sets => setsOf(parse(SAMPLE).records);
  const written = (sets: Sets): string => writeZoneFile({ name: ZONE, serial: 7, soa: SOA, sets });

  test('infrastructure 99: Given an exported zone, when imported into an empty zone, then exporting again gives equal bytes', () => {
    const file = written(sample());
    const { records, errors, notes } = parse(file);
    expect([errors, notes]).toEqual([[], []]);
    expect(written(setsOf(records))).toBe(file);
    expect(diffSets(sample(), setsOf(records))).toEqual([]);
  });

  test('equal zones give equal bytes, whatever the order their records came in', () => {
    const { records } = parse(SAMPLE);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => written(setsOf(shuffled)) === written(sample())),
    );
  });

  test('the top comes first, then names in canonical order', () => {
    const owners = written(sample()).trimEnd().split('\n').slice(1).map((text) => text.split('\t')); // prettier-ignore
    expect(owners.slice(0, 3).map(([name, , , type]) => `${name} ${type}`)).toEqual(['example.test. SOA', 'example.test. NS', 'example.test. NS']);
    const below = [...new Set(owners.map(([name]) => name))];
    expect(below).toEqual(
      [
        'example.test.',
        '*.dev.example.test.',
        'e164.example.test.',
        'host.example.test.',
        'mail.example.test.',
        'ns1.example.test.',
        'odd.example.test.',
        'sub.example.test.',
        'ns.sub.example.test.',
        '_sip._tcp.example.test.',
        'web.example.test.',
        '_443._tcp.web.example.test.',
        'www.example.test.',
      ].sort((a, b) => below.indexOf(a) - below.indexOf(b)),
    );
    expect(below.indexOf('sub.example.test.') + 1).toBe(below.indexOf('ns.sub.example.test.'));
  });

  const checkers: [name: string, args: (file: string) => string[]][] = [
    ['named-checkzone', (file) => ['-k', 'fail', '-i', 'full-sibling', ZONE, file]],
    ['kzonecheck', (file) => ['-o', ZONE, file]],
    ['nsd-checkzone', (file) => [ZONE, file]],
  ];
  const present = ([name]: (typeof checkers)[number]): boolean => spawnSync(name, ['--help']).error === undefined;
  for (const checker of checkers) {
    const [name, args] = checker;
    test.skipIf(!present(checker))(`infrastructure 100: Given the export, then bind's and nsd's checkers accept it (${name})`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'zone-'));
      try {
        const file = join(folder, 'zone');
        writeFileSync(file, written(sample()));
        const { status, stdout, stderr } = spawnSync(name, args(file), { encoding: 'utf8' });
        expect(`${stdout}${stderr}`).not.toMatch(/warning|error/i);
        expect(status).toBe(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
