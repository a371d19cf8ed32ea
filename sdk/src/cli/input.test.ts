import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from './exit.ts';
import { readInput, setAt, valueOf } from './input.ts';
import type { Io } from './io.ts';
import type { Command, Schema, Spec } from './spec.ts';

const same = (schema: Schema): Schema => schema;
const read = (schema: Schema, ...given: (string | boolean)[]): unknown => valueOf({ name: 'someField', schema }, given, same);
const text: Schema = { type: 'string' };

describe('a flag’s value', () => {
  test.each<[string, Schema, (string | boolean)[], unknown]>([
    ['text stays text', text, ['42'], '42'],
    ['a number is a number', { type: 'integer' }, ['-42'], -42],
    ['what is no number stays text, for the server to judge', { type: 'number' }, ['0x2a'], '0x2a'],
    ['a switch', { type: 'boolean' }, [true], true],
    ['the last of two switches', { type: 'boolean' }, [true, false], false],
    ['null where it may be', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, ['null'], null],
    ['text that says null', { anyOf: [text, { type: 'null' }] }, ['null'], 'null'],
    ['one of a list', { type: 'array', items: text }, ['a'], ['a']],
    ['several of a list', { type: 'array', items: { type: 'integer' } }, ['1', '2'], [1, 2]],
    ['a list as JSON', { type: 'array', items: text }, ['["a","b"]'], ['a', 'b']],
    ['things of a list as JSON', { type: 'array', items: { type: 'object' } }, ['{"a":1}', '{"a":2}'], [{ a: 1 }, { a: 2 }]],
    ['a map by pairs', { type: 'object', additionalProperties: { type: 'integer' } }, ['a=1', 'b=2'], { a: 1, b: 2 }],
    ['a map as JSON, with a pair over it', { type: 'object', additionalProperties: text }, ['{"a":"1","b":"2"}', 'b=3'], { a: '1', b: '3' }],
    ['a pair whose value has an equals sign', { type: 'object', additionalProperties: text }, ['a=b=c'], { a: 'b=c' }],
  ])('%s', (_what, schema, given, expected) => {
    expect(read(schema, ...given)).toEqual(expected);
  });

  test('every number that JSON knows is read as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const written = JSON.stringify(value);
        expect(read({ type: 'number' }, written)).toBe(JSON.parse(written));
      }),
    );
  });
});

describe('--set', () => {
  test('reaches into objects and lists, making what is missing', () => {
    const input = { labels: { a: '1' } };
    setAt(input, 'labels.b', '2');
    setAt(input, 'records.0.ttl', 60);
    setAt(input, 'records.1.ttl', 90);
    expect(input).toEqual({ labels: { a: '1', b: '2' }, records: [{ ttl: 60 }, { ttl: 90 }] });
  });

  test('whatever path was set can be read back, and no prototype is touched', () => {
    const step = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(step, fc.constantFrom('constructor', 'prototype', 'toString')), { minLength: 1, maxLength: 5 }), (steps) => {
        const input: Record<string, unknown> = Object.create(null);
        setAt(input, steps.join('.'), 'here');
        const found = steps.reduce<unknown>((place, name) => (place as Record<string, unknown>)[name], input);
        expect(found).toBe('here');
        expect(({} as Record<string, unknown>)['here']).toBeUndefined();
      }),
    );
  });

  test.each(['', '.', 'a..b', 'a.', '__proto__', 'a.__proto__.b'])('"%s" is no path', (path) => {
    expect(() => setAt({}, path, 1)).toThrow('is not a path');
  });

  test('a value is not written over by what would lie inside it', () => {
    expect(() => setAt({ name: 'x' }, 'name.first', 'y')).toThrow('has a value already');
  });
});

describe('secrets and files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-input-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'there');
  const spec = { resolve: same } as Spec;
  const secret: Schema = { type: 'string', 'x-secret': true };
  const command = (name: string, schema: Schema, required = false): Command => ({ fields: [{ name, in: 'body', schema, required }] }) as unknown as Command;
  const from = (stdin: string): Io => {
    const sink = new Writable({ write: (_part, _encoding, done) => done() });
    return { stdin: Readable.from([Buffer.from(stdin)]), stdout: sink, stderr: sink, env: {}, fetch: globalThis.fetch, signal: new AbortController().signal };
  };
  const given = (name: string, ...texts: string[]) => ({ flags: {}, given: new Map([[name, texts]]), positionals: [] });

  test('a secret stands on no command line: it is piped in, read from a file, or a reference', async () => {
    const wanted = command('value', secret);
    writeFileSync(path, 'from a file\r\n');
    expect(await readInput(from(' piped in \n'), wanted, spec, given('value', '-'))).toEqual({ value: ' piped in ' });
    expect(await readInput(from(''), wanted, spec, given('value', `@${path}`))).toEqual({ value: 'from a file' });
    expect(await readInput(from(''), wanted, spec, given('value', 'secret://OTHER'))).toEqual({ value: 'secret://OTHER' });
    const refused = await readInput(from(''), wanted, spec, given('value', 'hunter2')).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as Error).message).toMatch(/^--value is a secret, and others see what stands on a command line/);
    expect((refused as Error).message).not.toContain('hunter2');
    await expect(readInput(from(''), wanted, spec, given('value', '-', '-'))).rejects.toThrow('more than once');
  });

  test('a file is named without a flag, or comes from standard input', async () => {
    const wanted = command('content', { ...secret, 'x-file': true }, true);
    writeFileSync(path, 'A=1\nB=2\n');
    const readFrom = (stdin: string, ...positionals: string[]) => readInput(from(stdin), wanted, spec, { flags: {}, given: new Map(), positionals });
    expect(await readFrom('', path)).toEqual({ content: 'A=1\nB=2\n' });
    expect(await readFrom('C=3\n', '-')).toEqual({ content: 'C=3\n' });
    await expect(readFrom('')).rejects.toThrow('<file> is missing');
    await expect(readFrom('', path, path)).rejects.toThrow('one argument too many');
    await expect(readFrom('', join(folder, 'nowhere'))).rejects.toThrow('cannot be read (ENOENT)');
  });
}); // prettier-ignore
