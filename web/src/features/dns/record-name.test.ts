import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullName, meantInZone, relativeName } from './record-name.ts';

const zone = 'acme.test';
const becomes = (input: string, of = zone) => {
  const preview = fullName(input, of);
  return preview.ok ? preview.name : `(${preview.fault})`;
};

test.each([
  ['@', 'acme.test'],
  ['www', 'www.acme.test'],
  [' WWW ', 'www.acme.test'],
  ['a.b', 'a.b.acme.test'],
  ['www.acme.test', 'www.acme.test'],
  ['www.acme.test.', 'www.acme.test'],
  ['acme.test', 'acme.test'],
  ['acme.test.', 'acme.test'],
  ['xacme.test', 'xacme.test.acme.test'],
  ['*', '*.acme.test'],
  ['*.dev', '*.dev.acme.test'],
  ['_sip._tcp', '_sip._tcp.acme.test'],
  ['münchen', 'xn--mnchen-3ya.acme.test'],
  ['日本。www', 'xn--wgv71a.www.acme.test'],
])('%s becomes %s', (input, name) => {
  expect(becomes(input)).toBe(name);
});

test.each([
  ['', '(empty)'],
  ['www.other.test.', '(outside)'],
  ['a..b', '(emptyLabel)'],
  ['.www', '(emptyLabel)'],
  ['a'.repeat(64), '(longLabel)'],
  [`${'a.'.repeat(125)}a`, '(long)'],
  ['a b', '(characters)'],
  ['a\\046b', '(characters)'],
  ['-a', '(hyphen)'],
  ['a-', '(hyphen)'],
  ['a.*', '(star)'],
  ['w*', '(star)'],
])('%s cannot be a name: %s', (input, fault) => {
  expect(becomes(input)).toBe(fault);
});

test('a name with letters beyond ASCII shows both what is stored and what was meant', () => {
  expect(fullName('Bücher', zone)).toEqual({ ok: true, name: 'xn--bcher-kva.acme.test', unicode: 'bücher.acme.test' });
});

test('reverse zones that delegate with a slash may have it in names', () => {
  expect(becomes('0/25', '2.0.192.in-addr.arpa')).toBe('0/25.2.0.192.in-addr.arpa');
  expect(becomes('0/25')).toBe('(characters)');
});

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
test('a full name and its short form lead to each other', () => {
  fc.assert(
    fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
      const name = [...labels, zone].join('.');
      expect(becomes(relativeName(name, zone))).toBe(name);
      expect(becomes(`${name}.`)).toBe(name);
    }),
  );
});

test('no text makes the preview throw, and what it lets pass is in the zone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const preview = fullName(text, zone);
      if (preview.ok) expect(preview.name === zone || preview.name.endsWith(`.${zone}`)).toBe(true);
    }),
  );
});

test('a host without a dot was probably meant to be in the zone', () => {
  expect(meantInZone('mail', zone)).toBe('mail.acme.test.');
  expect(meantInZone('@', zone)).toBe('acme.test.');
  expect(meantInZone('mail.example.net', zone)).toBeNull();
  expect(meantInZone('', zone)).toBeNull();
});
