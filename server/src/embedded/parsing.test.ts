import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePasswd } from './account.ts';
import { explainOutput } from './explain.ts';
import { parsePidFile } from './pid-file.ts';

describe('passwd(5)', () => {
  test('accounts are found by name, and root and nonsense are not accounts', () => {
    const found = parsePasswd(
      'root:x:0:0:root:/root:/bin/sh\npostgres:x:101:103::/:/bin/false\n# comment\nbroken\nnobody:x:65534:65534:nobody:/:/x\nminus:*:-2:-2::/:/x\n',
    );
    expect([...found.values()]).toEqual([
      { name: 'postgres', uid: 101, gid: 103 },
      { name: 'nobody', uid: 65534, gid: 65534 },
    ]);
  });
  test('no text makes it throw or yields root', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => [...parsePasswd(text).values()].every(({ uid }) => uid > 0)));
  });
});

describe('postmaster.pid', () => {
  const file = (status: string) => `4711\n/data\n1790000000\n45555\n\n127.0.0.1\n  1 2\n${status}\n`;
  test('number, port and readiness are read', () => {
    expect(parsePidFile(file('ready   '))).toEqual({ pid: 4711, port: 45555, ready: true });
    expect(parsePidFile(file('starting'))).toEqual({ pid: 4711, port: 45555, ready: false });
    expect(parsePidFile('4711\n/data\n')).toEqual({ pid: 4711, port: 0, ready: false });
  });
  test.each(['', '\n', 'x\n', '0\n', '1\n', '-4711\n', '4711.5\n', '99999999999999999999\n'])('%j names no process that may be signalled', (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });
});

describe('what PostgreSQL prints', () => {
  test.each([
    ['initdb: error: could not write to file "x": No space left on device', 'no disk space left'],
    ['2026 [1] FATAL:  could not write lock file "postmaster.pid": No space left on device', 'no disk space left'],
    ['2026 [1] FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'too little memory'],
    ['2026 [1] PANIC:  could not locate a valid checkpoint record at 0/0', 'damaged'],
    ['2026 [1] LOG:  x\n2026 [1] FATAL:  unrecognized configuration parameter "y"', 'unrecognized configuration parameter "y"'],
    ['', 'ended without a word'],
  ])('%j becomes one line with a remedy', (output, reason) => {
    const { message, remedy } = explainOutput(output, 'It did not start');
    expect(message).toContain(reason);
    expect(message + remedy).not.toContain('\n');
    expect(remedy).not.toBe('');
  });
});
