import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import type { Person } from '#test/world.ts';
import { secretsCreate, secretsCreateFromTemplate, secretsInject, secretsList, secretTemplatesGet, secretTemplatesList } from '../index.ts';

let safe: Safe;
let dana: Person;
beforeAll(async () => {
  safe = await createSafe();
  dana = safe.as({ name: 'dana' });
});
afterAll(() => safe.close());

const values = { PGHOST: 'db.example.net', PGDATABASE: 'shop', PGUSER: 'shop', PGPASSWORD: 'correct-horse-battery' };
const names = async (project: string) =>
  (await safe.done(secretsList, { project }, dana)).items.map(({ name, type, templateId }) => [name, type, templateId]);
const place = (project: string) => ({ scope: 'project' as const, project });

test('templates are found by category and by part of a name', async () => {
  const { items } = await safe.done(secretTemplatesList, { category: 'Databases', q: 'POSTGRES' }, dana);
  expect(items.map(({ id }) => id)).toEqual(['postgresql']);
  const one = await safe.done(secretTemplatesGet, { id: 'postgresql' }, dana);
  expect(one).toEqual(items[0]);
  expect(one.fields.find(({ name }) => name === 'PGPORT')).toMatchObject({ type: 'number', required: false, pattern: null });
  expect((await safe.refused(secretTemplatesGet, { id: 'none' }, dana)).slug).toBe('secret-template-not-found');
});

test('a service is stored in one call under its own names, and once more behind a prefix', async () => {
  const made = await safe.done(secretsCreateFromTemplate, { template: 'postgresql', values, tags: { team: 'shop' }, ...place('shop') }, dana);
  expect(made.items.map(({ name, description, tags }) => [name, description, tags['team']])).toContainEqual(['PGPASSWORD', 'Password', 'shop']);
  expect(await names('shop')).toEqual([
    ['PGDATABASE', 'text', 'postgresql'],
    ['PGHOST', 'text', 'postgresql'],
    ['PGPASSWORD', 'secret', 'postgresql'],
    ['PGUSER', 'text', 'postgresql'],
  ]);
  await safe.done(secretsCreateFromTemplate, { template: 'postgresql', values, prefix: 'OLD_', ...place('shop') }, dana);
  expect((await safe.done(secretsInject, { project: 'shop', names: ['OLD_PGPASSWORD', 'PGHOST'] }, dana)).values).toEqual({
    OLD_PGPASSWORD: values.PGPASSWORD,
    PGHOST: values.PGHOST,
  });
  expect(JSON.stringify(made)).not.toContain(values.PGPASSWORD);
});

test('all or none: a name that is taken, or a value of another form, leaves nothing behind', async () => {
  await safe.done(secretsCreate, { name: 'PGUSER', value: 'somebody', ...place('half') }, dana);
  expect((await safe.refused(secretsCreateFromTemplate, { template: 'postgresql', values, ...place('half') }, dana)).slug).toBe('name-taken');
  const odd = { template: 'hetzner-cloud', values: { HCLOUD_TOKEN: 'too-short-for-one' }, ...place('half') };
  const refused = await safe.refused(secretsCreateFromTemplate, odd, dana);
  expect([refused.slug, refused.extras.errors]).toEqual(['validation-failed', [{ pointer: '/values/HCLOUD_TOKEN', message: 'does not look like one' }]]);
  expect(JSON.stringify(refused)).not.toContain('too-short');
  expect(await names('half')).toEqual([['PGUSER', 'secret', null]]);
}); // prettier-ignore
