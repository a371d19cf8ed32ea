import { expect, test } from 'vitest';
import { aboutChanges, aboutOf, ANYWHERE, NO_VALUE, NOTHING_SAID, placePart, saidPart, valuePart } from './draft.ts';
import { fieldFault, serviceCall, type Template } from './templates.ts';
import type { Secret } from './types.ts';

const secret = {
  description: 'Lets the shop in',
  tags: { tier: 'web', pci: '' },
  service: null,
  ownerTeam: 'netops',
  expiresAt: '2027-01-31T22:59:59.000Z',
  rotateEvery: 90,
  maxInFlight: 2,
} as unknown as Secret;

test('a value is what was typed, or the wish to have one made; never both, and none while it cannot be', () => {
  expect(valuePart('secret', { ...NO_VALUE, value: 'horse' })).toEqual({ value: 'horse' });
  expect(valuePart('secret', NO_VALUE)).toBeNull();
  expect(valuePart('json', { ...NO_VALUE, value: '{' })).toBeNull();
  const made = { ...NO_VALUE, how: 'generated', value: 'left behind' } as const;
  expect(valuePart('secret', made)).toEqual({ generate: { length: 32, alphabet: 'alphanumeric' } });
  expect(valuePart('number', made)).toEqual({ generate: { length: 32, alphabet: 'digits' } });
  expect(valuePart('secret', { ...made, length: '7' })).toBeNull();
  expect(valuePart('url', { ...made, value: 'https://x.example' })).toEqual({ value: 'https://x.example' });
});

test('a project is named where it is the scope, and nowhere else', () => {
  expect(placePart(ANYWHERE)).toEqual({ scope: 'workspace', project: null, environment: null });
  expect(placePart({ scope: 'workspace', project: 'shop', environment: 'prod' })).toEqual({ scope: 'workspace', project: null, environment: 'prod' });
  expect(placePart({ scope: 'project', project: '', environment: '' })).toBeNull();
  expect(placePart({ scope: 'project', project: 'shop', environment: 'Prod' })).toBeNull();
});

test('of a new one only what is said is sent, of an edit only what has changed', () => {
  expect(saidPart(NOTHING_SAID)).toEqual({});
  expect(saidPart({ ...NOTHING_SAID, tags: 'pci', rotateEvery: '90' })).toEqual({ tags: { pci: '' }, rotateEvery: 90 });
  expect(saidPart({ ...NOTHING_SAID, rotateEvery: '0' })).toBeNull();
  expect([saidPart({ ...NOTHING_SAID, maxInFlight: '3' }), saidPart({ ...NOTHING_SAID, maxInFlight: '1001' })]).toEqual([{ maxInFlight: 3 }, null]);
  const draft = aboutOf(secret);
  // The field has no seconds: a moment that nobody touched must not lose them.
  expect(aboutChanges(secret, draft)).toEqual({});
  expect(aboutChanges(secret, { ...draft, tags: 'tier=web', ownerTeam: '' })).toEqual({ tags: { tier: 'web' }, ownerTeam: null });
  expect(aboutChanges(secret, { ...draft, expires: '' })).toEqual({ expiresAt: null });
  expect(aboutChanges(secret, { ...draft, maxInFlight: '' })).toEqual({ maxInFlight: null });
  expect(aboutChanges(secret, { ...draft, tags: 'Tier=web' })).toBeNull();
});

const field = (name: string, more: Partial<Template['fields'][number]> = {}): Template['fields'][number] => ({
  name,
  title: name,
  type: 'text',
  help: '',
  required: true,
  pattern: null,
  ...more,
});
const template = {
  id: 'aws',
  name: 'AWS',
  category: 'Clouds',
  fields: [field('AWS_KEY', { pattern: '^AKIA' }), field('AWS_SECRET', { type: 'secret' }), field('AWS_REGION', { required: false })],
} satisfies Template;
const draft = { template: 'aws', place: ANYWHERE, prefix: 'SHOP_', values: { AWS_KEY: 'AKIA1', AWS_SECRET: 'x' } };

test('the secrets of a service are one call, without what was left empty', () => {
  expect(serviceCall(template, draft)).toEqual({
    method: 'POST',
    path: '/secrets/from-template',
    body: { template: 'aws', scope: 'workspace', project: null, environment: null, prefix: 'SHOP_', values: { AWS_KEY: 'AKIA1', AWS_SECRET: 'x' } },
  });
  expect(serviceCall(template, { ...draft, values: { AWS_KEY: 'AKIA1' } })).toBeNull();
  expect(serviceCall(template, { ...draft, values: { ...draft.values, AWS_KEY: 'BKIA' } })).toBeNull();
  expect(serviceCall(template, { ...draft, prefix: '_SHOP' })).toBeNull();
});

test('a pattern of another dialect stops nobody: the server judges it', () => {
  expect(fieldFault({ type: 'text', pattern: '(?i)^akia' }, 'nothing like it')).toBeNull();
  expect(fieldFault({ type: 'text', pattern: '^AKIA' }, 'nothing like it')).toBe('pattern');
});
