import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Invalid } from './invalid.ts';
import { compareNames, isWithin, labelsOf, nameOf, parentOf, parseName, unicodeName } from './names.ts';

const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 }).map((bytes) => String.fromCharCode(...bytes));
const anyName = fc.array(octets, { maxLength: 8 }).map(nameOf);

describe('names', () => {
  test('are kept absolute, lower case and without trailing dot', () => {
    expect(parseName('WWW.Example.TEST.')).toBe('www.example.test');
    expect(parseName('www', 'example.test')).toBe('www.example.test');
    expect(parseName('@', 'example.test')).toBe('example.test');
    expect(parseName('.')).toBe('');
  });

  test('infrastructure 94: Given a name with umlauts, then the A-label is stored and the U-label shown', () => {
    expect(parseName('Bücher', 'example.test')).toBe('xn--bcher-kva.example.test');
    expect(unicodeName('xn--bcher-kva.example.test')).toBe('bücher.example.test');
    expect(parseName('faß.example.test')).toBe('xn--fa-hia.example.test');
    expect(parseName('_dmarc.bücher.example.test')).toBe('_dmarc.xn--bcher-kva.example.test');
    expect(parseName('例え。テスト')).toBe('xn--r8jz45g.xn--zckzah');
  });

  test('full-width digits stay labels and are not read as an address', () => {
    expect(parseName('１.２', 'example.test')).toBe('1.2.example.test');
  });

  test.each([
    ['', 'empty'],
    ['a..b', 'empty label'],
    ['.a', 'empty label'],
    ['a'.repeat(64), '63'],
    [`${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`, '253'],
    ['a b', 'U+0020'],
    ['a\u0000b', 'U+0000'],
    ['a\nb', 'U+000A'],
    ['a\\25', 'three digits'],
    ['a\\256', 'three digits'],
    ['a\\', 'followed by'],
    ['\ud800', 'IDNA'],
    ['a\u202eb', 'IDNA'],
    ['a／b', 'IDNA'],
    ['ü'.repeat(64), '63'],
  ])('%j is refused, saying why', (text, why) => {
    expect(() => parseName(text)).toThrow(Invalid);
    expect(() => parseName(text)).toThrow(why);
  });

  test('63 octets in a label and 253 characters in a name are possible', () => {
    const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`;
    expect(parseName(`${longest}.`)).toBe(longest);
  });

  test('a final dot that is escaped belongs to the label', () => {
    expect(parseName('a\\.', 'example.test')).toBe('a\\..example.test');
    expect(parseName('a\\\\.', 'example.test')).toBe('a\\\\');
    expect(labelsOf('a\\..b')).toEqual(['a.', 'b']);
  });

  test('every sequence of octets has exactly one text, and reads back', () => {
    fc.assert(fc.property(anyName, (name) => parseName(`${name}.`) === name && nameOf(labelsOf(name)) === name));
  });

  test('no text makes the parser throw anything but Invalid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          parseName(text, 'example.test');
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid);
        }
      }),
    );
  });

  test('within looks at labels, not at letters', () => {
    expect(isWithin('www.example.test', 'example.test')).toBe(true);
    expect(isWithin('example.test', 'example.test')).toBe(true);
    expect(isWithin('badexample.test', 'example.test')).toBe(false);
    expect(isWithin('a\\.example.test', 'example.test')).toBe(false);
    expect(parentOf('a\\.b.example')).toBe('example');
    expect(parentOf('test')).toBe('');
    expect(parentOf('')).toBeUndefined();
  });

  test('sort in the canonical order of RFC 4034 6.1', () => {
    const sorted = [
      'example',
      'a.example',
      'yljkjljk.a.example',
      'z.a.example',
      'zabc.a.example',
      'z.example',
      '\\001.z.example',
      '*.z.example',
      '\\200.z.example',
    ];
    expect(sorted.toReversed().toSorted(compareNames)).toEqual(sorted);
  });
});
