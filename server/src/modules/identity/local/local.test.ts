import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asnClass, isAcceptedAsn, readAsn } from './asn.ts';
import { normalUsername, readAsns, readFabric, readFabrics, usernameFault } from './rules.ts';

const LAB = { allowPrivate: true };
const OPEN = { allowPrivate: false };

describe('AS numbers', () => {
  test.each([
    [0, 'reserved'], [1, 'public'], [23_455, 'public'], [23_456, 'reserved'], [23_457, 'public'], [64_495, 'public'], [64_496, 'documentation'],
    [64_511, 'documentation'], [64_512, 'private'], [65_534, 'private'], [65_535, 'reserved'], [65_536, 'documentation'], [65_551, 'documentation'],
    [65_552, 'public'], [4_199_999_999, 'public'], [4_200_000_000, 'private'], [4_294_967_294, 'private'], [4_294_967_295, 'reserved'],
    [4_294_967_296, undefined], [-1, undefined], [1.5, undefined], [Number.NaN, undefined],
  ])('%d is %s', (asn, is) => {
    expect(asnClass(asn)).toBe(is);
  }); // prettier-ignore

  test('an exchange takes public numbers always, private ones in a lab, and no others ever', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.integer({ min: 0, max: 70_000 }), fc.integer({ min: 4_199_999_990, max: 4_294_967_300 })), (asn) => {
        const is = asnClass(asn);
        expect(isAcceptedAsn(asn, OPEN)).toBe(is === 'public');
        expect(isAcceptedAsn(asn, LAB)).toBe(is === 'public' || is === 'private');
      }),
    );
  });

  test('what is read is what was written, with or without AS in front', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_294_967_295 }), fc.constantFrom('', 'AS', 'as', ' '), (asn, before) => {
        expect(readAsn(`${before}${asn}`)).toBe(asn);
      }),
    );
    for (const text of ['', '0', '00', '01', '-1', '1.0', '1e3', '0x10', '4294967296', '99999999999', 'ASN1', '1 2', '１'])
      expect(readAsn(text), text).toBeUndefined();
  });

  test('no text makes a number that is not one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const asn = readAsn(text);
        return asn === undefined || (Number.isInteger(asn) && asn >= 1 && asn <= 4_294_967_295);
      }),
    );
  });
});

test('a list of numbers has each once, and every fault is told', () => {
  expect(readAsns(['64512', 'AS64512', '3320', '3320'])).toEqual({ values: [64_512, 3_320], faults: [] });
  expect(readAsns(['0', 'x', '23456', '64500', '1']).faults.map((fault) => /"(.*?)"/.exec(fault)?.[1])).toEqual(['0', 'x', '23456', '64500']);
});

test('a fabric is named by its id, its network or the suffix of it', () => {
  expect(readFabric(' A1B2C3 ')).toBe('a1b2c3');
  expect(readFabric('8056C2E21CA1B2C3')).toBe('8056c2e21ca1b2c3');
  expect(readFabric('0198C0DE-0000-7000-8000-000000000001')).toBe('0198c0de-0000-7000-8000-000000000001');
  for (const text of ['', '*', 'a1b2c', 'a1b2c3d', 'g1b2c3', '../../x', "a1b2c3'"]) expect(readFabric(text), text).toBeUndefined();
  expect(readFabrics(['a1b2c3', 'A1B2C3']).values).toEqual(['a1b2c3']);
});

test('usernames are alike in any case, and have letters, digits and few signs', () => {
  expect(normalUsername('  Anna.Ops ')).toBe('anna.ops');
  for (const good of ['abc', 'anna.ops', 'noc-1', 'a_b', '0x0', 'a'.repeat(64)]) expect(usernameFault(good), good).toBeUndefined();
  for (const bad of ['', 'ab', '.abc', 'abc-', 'a b', 'a@b', 'ünal', 'a'.repeat(65), 'a\nb', "a'b"]) expect(usernameFault(bad), bad).toBeDefined();
});
