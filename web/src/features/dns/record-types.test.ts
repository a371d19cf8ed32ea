import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteText, txtContent, wordsOf } from './presentation.ts';
import { draftFaults, draftOf, isSound, newDraft, recordOf, switchForm, withType } from './record-draft.ts';
import { formatValue, missingFields, parseValue, shownValue, TYPE_FORMS } from './record-types.ts';

test.each([
  ['A', '192.0.2.1'],
  ['AAAA', '2001:db8::1'],
  ['CNAME', 'status.example.net.'],
  ['MX', '10 mail.acme.test.'],
  ['SRV', '10 5 5060 sip.acme.test.'],
  ['CAA', '0 issue "letsencrypt.org"'],
  ['DS', '60485 13 2 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  ['TLSA', '3 1 1 0C72AC70B745AC19998811B131D662C9AC69DBDBE7CB23E5B514B56664C5D3D6'],
  ['SSHFP', '4 2 123456789ABCDEF6'],
  ['HTTPS', '1 . alpn="h2,h3" ipv4hint=192.0.2.1'],
  ['SVCB', '0 svc.example.net.'],
])('a %s value comes out of its fields as it went in: %s', (type, value) => {
  expect(formatValue(type, parseValue(type, value)!)).toBe(value);
});

test('a text is edited without quotes and escapes, and sent so that the same is read', () => {
  expect(parseValue('TXT', '"v=spf1 mx -all"')).toEqual({ text: 'v=spf1 mx -all' });
  expect(parseValue('TXT', '"one" "two"')).toEqual({ text: 'onetwo' });
  expect(parseValue('TXT', '"a\\"b \\195\\188"')).toEqual({ text: 'a"b ü' });
  expect(formatValue('TXT', { text: 'v=spf1 mx -all' })).toBe('v=spf1 mx -all');
  expect(formatValue('TXT', { text: '"quoted" and ü' })).toBe('"\\"quoted\\" and \\195\\188"');
});

test('any text survives quoting in strings of at most 255 octets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const quoted = quoteText(text);
      expect(wordsOf(quoted)!.every(({ quoted: is }) => is)).toBe(true);
      // Control characters cannot be edited as text, so they are not given back as one.
      if (!/\p{Cc}/u.test(text) && text.isWellFormed()) expect(txtContent(quoted)).toBe(text);
    }),
  );
});

test.each([
  ['TXT', '\\# 2 0102'],
  ['TXT', '"\\255\\254"'],
  ['CAA', '1 issue "x"'],
  ['MX', '10'],
  ['MX', '10 a.test. more'],
  ['A', '"unclosed'],
  ['TYPE65400', '\\# 1 00'],
])('a %s value that the fields cannot hold is edited as text: %s', (type, value) => {
  expect(parseValue(type, value)).toBeUndefined();
  expect(draftOf({ name: 'x.acme.test', type, ttl: 60, value, comment: null }, 'acme.test')).toMatchObject({ asText: true, raw: value });
  expect(shownValue(type, value)).toBe(value);
});

test('no value makes the reader throw', () => {
  const types = TYPE_FORMS.map(({ type }) => type);
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.string({ unit: 'grapheme', maxLength: 80 }), (type, value) => {
      const values = parseValue(type, value);
      if (values) expect(typeof formatValue(type, values)).toBe('string');
    }),
  );
});

test('fields that are still empty are named; parameters of a service may be', () => {
  expect(missingFields('MX', { priority: '10', host: '' })).toEqual(['host']);
  expect(missingFields('HTTPS', { priority: '1', host: '.', params: '' })).toEqual([]);
});

test('a draft says what is wrong with it before it can be staged', () => {
  const draft = newDraft('MX');
  expect(isSound(draftFaults(draft, 'acme.test'))).toBe(false);
  expect(draftFaults({ ...draft, name: 'a..b', ttl: '1.5' }, 'acme.test')).toMatchObject({ missing: ['host'] });
  const sound = { ...draft, name: '@', values: { priority: '10', host: 'mail.acme.test.' } };
  expect(isSound(draftFaults(sound, 'acme.test'))).toBe(true);
  expect(recordOf(sound, 'acme.test')).toEqual({ name: 'acme.test', type: 'MX', ttl: null, value: '10 mail.acme.test.', comment: null });
});

test('a value keeps what was written when one changes between fields and text', () => {
  const draft = { ...newDraft('SRV'), name: '_sip._tcp', values: { priority: '1', weight: '2', port: '3', host: 'h.acme.test.' } };
  const asText = switchForm(draft);
  expect(asText.raw).toBe('1 2 3 h.acme.test.');
  expect(switchForm(asText).values).toEqual(draft.values);
  expect(switchForm({ ...asText, raw: 'not a srv' })).toMatchObject({ asText: true, raw: 'not a srv' });
  expect(withType(draft, 'NAPTR')).toMatchObject({ type: 'NAPTR', asText: true, raw: '', name: '_sip._tcp' });
});
