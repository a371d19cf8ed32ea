import { expect, test } from 'vitest';
import '#kernel/problems.ts';
import '../problems.ts';
import type { Problem } from '#kernel/problem.ts';
import { nameFault, valueFault } from '../rules.ts';
import { TEMPLATES, templateCalled } from './all.ts';
import { CATEGORIES } from './template.ts';
import { filledIn } from './wish.ts';

test('there are at least 102 services in 13 categories, each with a name of its own and fields that can be stored', () => {
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(102);
  expect(new Set(TEMPLATES.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
  expect(CATEGORIES).toHaveLength(13);
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
  expect(new Set(TEMPLATES.map(({ name }) => name)).size).toBe(TEMPLATES.length);
  for (const { id, fields } of TEMPLATES) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(fields.some(({ required }) => required), id).toBe(true);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
    for (const { name, help, title } of fields) {
      expect([name, nameFault(name)]).toEqual([name, undefined]);
      expect(Math.min(help.length, title.length), name).toBeGreaterThan(2);
    }
  }
}); // prettier-ignore

test('every pattern can be compiled and refuses what cannot be meant', () => {
  for (const { id, fields } of TEMPLATES)
    for (const { name, pattern } of fields) if (pattern) expect([id, name, new RegExp(pattern, 'u').test(' ')]).toEqual([id, name, false]);
});

/** As the vendors show them in their documentation, with made-up values. */
const EXAMPLES: Record<string, Record<string, string>> = {
  aws: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', AWS_REGION: 'us-gov-west-1' },
  'hetzner-cloud': { HCLOUD_TOKEN: 'jEheVytlAoFl7F8MqUQ7jAo2hOXASztXjEheVytlAoFl7F8MqUQ7jAo2hOXASztX' },
  sendgrid: { SENDGRID_API_KEY: `SG.${'a'.repeat(22)}.${'B'.repeat(43)}` },
  twilio: { TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`, TWILIO_AUTH_TOKEN: '0f'.repeat(16) },
  sentry: { SENTRY_DSN: 'https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/2' },
  rfc2136: { TSIG_SERVER: 'ns1.example.net', TSIG_NAME: 'sy', TSIG_ALGORITHM: 'hmac-sha256', TSIG_SECRET: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0' },
  wireguard: { WG_PRIVATE_KEY: `${'A'.repeat(43)}=`, WG_PEER_PUBLIC_KEY: `${'b'.repeat(43)}=` },
  postgresql: { PGHOST: 'db.example.net', PGPORT: '5432', PGDATABASE: 'shop', PGUSER: 'shop', PGPASSWORD: 'correct-horse' },
};
test.each(Object.entries(EXAMPLES))('what %s documents fits', (id, values) => {
  const template = templateCalled(id);
  const filled = filledIn(template, values, 'OTHER_');
  expect(filled.map(({ name, value }) => [name, value])).toEqual(Object.entries(values).map(([name, value]) => [`OTHER_${name}`, value]));
  for (const { field, value } of filled) expect(valueFault(field.type, value)).toBeUndefined();
});

test('what is missing, strange or of the wrong form is pointed at, and not quoted', () => {
  const refused = ((): Problem => {
    try {
      filledIn(templateCalled('stripe'), { STRIPE_SECRET_KEY: 'hunter2hunter2', STRIPE_KEY: 'hunter2hunter2' });
    } catch (error) {
      return error as Problem;
    }
    throw new Error('it was taken');
  })();
  expect([refused.slug, refused.extras.errors]).toEqual([
    'validation-failed',
    [
      { pointer: '/values/STRIPE_KEY', message: 'is no field of this template' },
      { pointer: '/values/STRIPE_SECRET_KEY', message: 'does not look like one' },
    ],
  ]);
  expect(JSON.stringify(refused)).not.toContain('hunter2');
  expect(() => filledIn(templateCalled('postgresql'), {})).toThrow('/values/PGHOST is required');
  expect(() => templateCalled('no-such')).toThrow('There is no template "no-such"');
});
