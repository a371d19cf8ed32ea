import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileGlob, compileGlobs } from './glob.ts';

test.each([
  ['devices.*', 'devices.update', true],
  ['devices.*', 'devices.firewall.rules.create', false],
  ['devices.**', 'devices.firewall.rules.create', true],
  ['*.create', 'servers.create', true],
  ['*.create', 'devices.firewall.create', false],
  ['**.create', 'devices.firewall.create', true],
  ['dev*.up*', 'devices.update', true],
  ['devices.update', 'devicesXupdate', false],
  ['**', '', true],
  ['*', 'a.b', false],
])('%s on %s: %s', (pattern, text, fits) => {
  expect(compileGlob(pattern, '.')(text)).toBe(fits);
});

test('exclamation marks take out again', () => {
  const glob = compileGlobs(['devices.**', '!devices.*.delete', '!devices.reboot'], '.');
  expect(['devices.update', 'devices.routes.delete', 'devices.reboot', 'servers.create'].map(glob)).toEqual([true, false, false, false]);
  expect(compileGlobs(['!servers.*'], '.')('devices.update')).toBe(true);
});

test('a glob means what the same regular expression means', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '**'), maxLength: 8 });
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const source = pattern.replaceAll('.', String.raw`\.`).replaceAll(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^.]*'));
      expect(compileGlob(pattern, '.')(text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 2_000 },
  );
});

test('many stars on a long text come to an end', () => {
  expect(compileGlob(`${'**a'.repeat(60)}b`, '/')('a'.repeat(5_000))).toBe(false);
});
