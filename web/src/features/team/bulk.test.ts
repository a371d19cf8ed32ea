import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_ROWS, readRows } from './bulk.ts';

const ROLES = new Set(['developer', 'viewer']);
const told = (text: string) => readRows(text, ROLES).map(({ email, name, role, fault }) => [email, name, role, fault]);

test('one address a line, empty lines and a heading apart', () => {
  expect(told('E-Mail\nana@example.com\n\n  ben@example.com  \n')).toEqual([
    ['ana@example.com', null, null, null],
    ['ben@example.com', null, null, null],
  ]);
});

test('several on one line, as an address field of a mail program has them', () => {
  expect(told('"Alves, Ana" <ana@example.com>, Ben <ben@example.com>; '.replace(';', ''))).toEqual([
    ['ana@example.com', 'Alves, Ana', null, null],
    ['ben@example.com', 'Ben', null, null],
  ]);
});

test('rows of a spreadsheet: name, address, role', () => {
  expect(told('Name\tE-Mail\tRole\nAna Alves\tAna@Example.com\tDeveloper\nBen\tben@example.com')).toEqual([
    ['ana@example.com', 'Ana Alves', 'Developer', null],
    ['ben@example.com', 'Ben', null, null],
  ]);
});

test('what cannot be sent says why: no address, twice, an unknown role', () => {
  expect(told('ana@\nana@example.com\nANA@example.com\nben@example.com, emperor').map(([, , , fault]) => fault)).toEqual([
    'address',
    null,
    'twice',
    'role',
  ]);
});

test('more than a call takes are marked, not lost', () => {
  const rows = readRows(Array.from({ length: MOST_ROWS + 3 }, (_, i) => `p${i}@example.com`).join('\n'), ROLES);
  expect(rows).toHaveLength(MOST_ROWS + 3);
  expect(rows.filter(({ fault }) => fault === 'many')).toHaveLength(3);
});

test('every address survives any separator and order', () => {
  const people = fc.uniqueArray(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(people, fc.constantFrom('\n', '\r\n', ', ', ';', '\t'), (numbers, separator) => {
      const wanted = numbers.map((n) => `person${n}@example.org`);
      expect(readRows(wanted.join(separator), ROLES).map(({ email }) => email)).toEqual(wanted);
    }),
  );
});
