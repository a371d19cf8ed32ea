import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { addressesIn, BEGIN, endProgress, isOpen, isSlug, loadProgress, saveProgress, slugOf, stepFor, STEPS } from './steps.ts';

const named = { ...BEGIN, name: 'Acme', slug: 'acme' };
const made = { ...named, tenantId: 't', reached: 'team' as const };
afterEach(() => endProgress('u'));

test('a short name is made of any name, and is one that the server takes unless too little is left', () => {
  expect(slugOf('Ähre & Söhne GmbH')).toBe('aehre-soehne-gmbh');
  expect(slugOf('  Café Noël!  ')).toBe('cafe-noel');
  expect(slugOf('東京')).toBe('');
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => slugOf(name).length < 3 || isSlug(slugOf(name))));
});

test('before the organisation is made there are the name and the plan, and the plan only with a name', () => {
  expect(STEPS.map((step) => stepFor(step, BEGIN))).toEqual(['name', 'name', 'name', 'name', 'name']);
  expect(STEPS.map((step) => stepFor(step, named))).toEqual(['name', 'plan', 'name', 'name', 'name']);
});

test('once it is made there is no way back to its name, and none beyond what was reached', () => {
  expect(STEPS.map((step) => stepFor(step, made))).toEqual(['logo', 'logo', 'logo', 'team', 'team']);
  expect(STEPS.filter((step) => isOpen(step, made))).toEqual(['logo', 'team']);
});

test('whoever comes back goes on where they were', () => {
  saveProgress('u', made);
  expect(stepFor(undefined, loadProgress('u'))).toBe('team');
  expect(loadProgress('somebody else')).toEqual(BEGIN);
  localStorage.setItem('switchyard.onboarding.1.u', '{broken');
  expect(loadProgress('u')).toEqual(BEGIN);
});

test('addresses are found in what people paste, each once', () => {
  expect(addressesIn('Dana Novak <Dana@acme.test>, ops@acme.test;dana@acme.test\nnobody @x')).toEqual({
    addresses: ['dana@acme.test', 'ops@acme.test'],
    wrong: ['nobody', '@x'],
  });
  expect(addressesIn(' \n')).toEqual({ addresses: [], wrong: [] });
});
