import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAnythingTainted, scrub, scrubValue, taint } from './taint.ts';

const ACME = '0198a000-0000-7000-8000-000000000001';
const OTHER = '0198a000-0000-7000-8000-000000000002';

beforeEach(() => void vi.useFakeTimers({ now: Date.now() }));
afterEach(() => {
  vi.advanceTimersByTime(16 * 60_000); // everything is forgotten, also what the next test would see
  scrub('anything', null);
  vi.useRealTimers();
});

/** Long enough to be looked for, and nothing that the mask itself or the text around it has in it. */
const secret = fc.string({ minLength: 6, maxLength: 80, unit: 'binary' }).filter((value) => !'[secret:PASSWORD]'.includes(value) && !'<in front|behind>'.includes(value)); // prettier-ignore

describe('a tainted value', () => {
  const encodings: Record<string, (value: string) => string> = {
    raw: (value) => value,
    'JSON-escaped': (value) => JSON.stringify(value).slice(1, -1),
    'JSON in JSON': (value) => JSON.stringify(JSON.stringify({ value })),
    base64: (value) => Buffer.from(value).toString('base64'),
    base64url: (value) => Buffer.from(value).toString('base64url'),
    'URL-encoded': (value) => encodeURIComponent(value.toWellFormed()),
    'form-encoded': (value) => new URLSearchParams({ value }).toString(),
    'URL-encoded in lower case': (value) => encodeURIComponent(value.toWellFormed()).replaceAll(/%../g, (code) => code.toLowerCase()),
  };
  test.each(Object.entries(encodings))('is nowhere in a text when it is %s', (_name, encode) => {
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        taint(value, 'PASSWORD', ACME);
        const written = encode(value);
        fc.pre(written.length >= 6 && !before.includes(written) && !after.includes(written));
        const text = scrub(`<in front|${written}|behind>`, ACME);
        expect(text).not.toContain(written);
        expect(text).toContain('[secret:PASSWORD]');
        expect(scrub(`${before}${written}${after}`, ACME)).toContain('[secret:');
      }),
      { numRuns: 60 },
    );
  });

  test('is found in the midst of what was encoded along with it, however it is shifted', () => {
    taint('hunter2-hunter2', 'PASSWORD', ACME);
    for (const user of ['', 'a', 'ab', 'abc', 'anna']) {
      const header = `Basic ${Buffer.from(`${user}:hunter2-hunter2:x`).toString('base64')}`;
      const shown = scrub(header, ACME);
      expect(shown).toContain('[secret:PASSWORD]');
      expect(Buffer.from(shown.replace(/^Basic |\[secret:PASSWORD\]/g, ''), 'base64').toString('latin1')).not.toContain('hunter');
    }
  });

  test('leaves the rest of the text as it is', () => {
    taint('correct horse', 'DB_PASSWORD', ACME);
    expect(scrub('password "correct horse" refused, correct horse again', ACME)).toBe(
      'password "[secret:DB_PASSWORD]" refused, [secret:DB_PASSWORD] again',
    );
    expect(scrub('correct hors', ACME)).toBe('correct hors');
    expect(scrub('postgres://app:correct%20horse@db/x', ACME)).toBe('postgres://app:[secret:DB_PASSWORD]@db/x');
  });

  test('of several lines is found line by line, without its frame', () => {
    taint('-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----', 'KEY', ACME);
    expect(scrub('read MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', ACME)).toBe('read [secret:KEY]');
    taint('{\n  "private_key_id": "0f9e8d7c6b5a"\n}', 'ACCOUNT', ACME);
    expect(scrub('{ "private_key_id": "0f9e8d7c6b5a" }', ACME)).toBe('{ [secret:ACCOUNT] }');
    expect(scrub('-----BEGIN PRIVATE KEY-----\nother', ACME)).toBe('-----BEGIN PRIVATE KEY-----\nother');
  });

  test('that is long is masked as far as it goes where it was cut off', () => {
    const value = Array.from({ length: 40 }, (_, n) => `part-${n}`).join('.');
    taint(value, 'LONG', ACME);
    expect(scrub(`it read: ${value.slice(0, 120)}…`, ACME)).toBe('it read: [secret:LONG]…');
  });

  test.each(Object.entries(encodings))(
    'of many thousands of characters is masked as a whole, and as far as it goes where it was cut off, when it is %s',
    (_name, encode) => {
      const value = Array.from({ length: 2_000 }, (_, n) => `"part" & ${n}\u00e9`).join('\t');
      taint(value, 'LONG', ACME);
      const written = encode(value);
      expect(scrub(`it read: ${written}…`, ACME)).not.toMatch(/part|cGFydC|BhcnQ|wYXJ0/);
      expect(scrub(`it read: ${written.slice(0, 3_000)}…`, ACME)).not.toMatch(/part.*part|BhcnQ.*BhcnQ/);
      expect(scrub('it read: "part" & 0', ACME)).toBe('it read: "part" & 0');
    },
  );

  test('of fewer than six characters is let be', () => {
    taint('error', 'SHORT', ACME);
    expect(isAnythingTainted()).toBe(false);
    expect(scrub('an error', ACME)).toBe('an error');
  });

  test('that holds another is masked as a whole', () => {
    taint('hunter2', 'SHORTER', ACME);
    taint('hunter2-and-more', 'LONGER', ACME);
    expect(scrub('hunter2-and-more, hunter2', ACME)).toBe('[secret:LONGER], [secret:SHORTER]');
  });

  test('is forgotten a quarter of an hour after its last use', () => {
    taint('correct horse', 'DB_PASSWORD', ACME);
    vi.advanceTimersByTime(14 * 60_000);
    taint('correct horse', 'DB_PASSWORD', ACME);
    vi.advanceTimersByTime(14 * 60_000);
    expect(scrub('correct horse', ACME)).toBe('[secret:DB_PASSWORD]');
    vi.advanceTimersByTime(2 * 60_000);
    expect(scrub('correct horse', ACME)).toBe('correct horse');
    expect(isAnythingTainted()).toBe(false);
  });

  test('of one tenant cannot be guessed by another: its texts are not searched for it; the log is', () => {
    taint('correct horse', 'DB_PASSWORD', ACME);
    taint('battery staple', 'SMTP_PASSWORD', null);
    expect(scrub('correct horse, battery staple', OTHER)).toBe('correct horse, [secret:SMTP_PASSWORD]');
    expect(scrub('correct horse, battery staple', null)).toBe('[secret:DB_PASSWORD], [secret:SMTP_PASSWORD]');
  });

  test('one among thousands is found as well', () => {
    for (let n = 0; n < 2_000; n++) taint(`value-number-${n}-of-many`, `S_${n}`, ACME);
    expect(scrub('it is value-number-1234-of-many.', ACME)).toBe('it is [secret:S_1234].');
  });
});

describe('scrubValue', () => {
  test('goes through keys, lists and numbers, and touches nothing else', () => {
    taint('correct horse', 'A', ACME);
    taint('12345678', 'PIN', ACME);
    const at = new Date();
    const value = { list: ['x', { 'correct horse': 'no correct horse' }], pin: 12_345_678, more: 123_456_789, at, none: null, yes: true };
    expect(scrubValue(value, ACME)).toEqual({
      list: ['x', { '[secret:A]': 'no [secret:A]' }],
      pin: '[secret:PIN]',
      more: 123_456_789,
      at,
      none: null,
      yes: true,
    });
  });

  test('gives back the very same object when there is nothing in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        taint('a value that is nowhere', 'A', ACME);
        expect(scrubValue(value, ACME)).toBe(value);
      }),
    );
  });
});
