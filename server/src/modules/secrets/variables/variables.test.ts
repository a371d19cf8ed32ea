import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import type { Person } from '#test/world.ts';
import { scrub } from '#kernel/taint.ts';
import { secretReferences } from '../tables.ts';
import { newId } from '#kernel/ids.ts';
import { envVarsCreate, envVarsDelete, envVarsList, envVarsUpdate, secretsCreate, secretsGet, secretsList } from '../index.ts';

let safe: Safe;
let dana: Person;
beforeAll(async () => {
  safe = await createSafe();
  dana = safe.as({ name: 'dana' });
});
afterAll(() => safe.close());
const listed = async (project: string) => (await safe.done(envVarsList, { project }, dana)).items.map(({ name, type, value }) => [name, type, value]);
const place = (project: string) => ({ scope: 'project' as const, project });

test('values of variables are shown, those of type secret are not, and neither is in the list of secrets', async () => {
  const made = await safe.done(envVarsCreate, { name: 'LOG_LEVEL', value: 'verbose-logging', ...place('shop') }, dana);
  expect(made).toMatchObject({ type: 'text', value: 'verbose-logging', currentVersion: 1 });
  const hidden = await safe.done(envVarsCreate, { name: 'API_TOKEN', value: 'correct-horse-battery', type: 'secret', ...place('shop') }, dana);
  expect(hidden.value).toBeNull();
  await safe.done(envVarsCreate, { name: 'WORKERS', value: '4', type: 'number', ...place('shop') }, dana);
  expect(await listed('shop')).toEqual([['API_TOKEN', 'secret', null], ['LOG_LEVEL', 'text', 'verbose-logging'], ['WORKERS', 'number', '4']]); // prettier-ignore
  expect((await safe.done(secretsList, { project: 'shop' }, dana)).items).toEqual([]);
  expect((await safe.refused(secretsGet, { id: made.id }, dana)).slug).toBe('secret-not-found');
  expect(JSON.stringify(await safe.sql('select * from secrets s join secret_versions v on v.secret_id = s.id'))).not.toMatch(/verbose-logging|correct-horse/);
  // It is for those who may read variables: in the Change and what is kept for a repetition, which others read, it is not.
  await safe.call(envVarsUpdate, { id: made.id, value: 'verbose-logging-2' }, dana, { idempotencyKey: 'set-once' });
  const kept = await safe.sql('select t::text from changes t union all select t::text from idempotency_keys t union all select t::text from events t');
  expect(kept.length).toBeGreaterThan(3);
  expect(JSON.stringify(kept)).not.toMatch(/verbose-logging|correct-horse/);
  await safe.done(envVarsUpdate, { id: made.id, value: 'verbose-logging' }, dana);
  // What may be shown is not masked wherever the word stands; what may not be is.
  expect(scrub('verbose-logging correct-horse-battery', dana.actor.tenantId)).toBe('verbose-logging [secret:API_TOKEN]');
}); // prettier-ignore

test('a variable shares its name with no secret of the same place, and its type judges its value', async () => {
  await safe.done(secretsCreate, { name: 'SHARED_NAME', value: 'x'.repeat(8), ...place('names') }, dana);
  expect((await safe.refused(envVarsCreate, { name: 'SHARED_NAME', value: '1', ...place('names') }, dana)).slug).toBe('name-taken');
  expect((await safe.refused(envVarsCreate, { name: 'SYSTEM_PATH', value: '1', ...place('names') }, dana)).slug).toBe('secret-name-reserved');
  expect((await safe.refused(envVarsCreate, { name: 'SOME_URL', value: 'not a url', type: 'url', ...place('names') }, dana)).slug).toBe('validation-failed');
}); // prettier-ignore

test('an update gives a new version; a secret one never becomes one that is shown without a new value', async () => {
  const { id } = await safe.done(envVarsCreate, { name: 'KEEP_QUIET', value: 'correct-horse-battery', type: 'secret', ...place('quiet') }, dana);
  expect((await safe.refused(envVarsUpdate, { id, type: 'text' }, dana)).slug).toBe('validation-failed');
  const changed = await safe.done(envVarsUpdate, { id, type: 'text', value: 'now-it-is-seen', description: 'seen' }, dana);
  expect(changed).toMatchObject({ value: 'now-it-is-seen', currentVersion: 2, description: 'seen' });
  const seen = await safe.refused(envVarsUpdate, { id, value: 'other-value' }, dana, { ifMatch: '"1"' });
  expect(seen.slug).toBe('version-conflict');
});

test('it is deleted at once with its values, unless something refers to it', async () => {
  const { id } = await safe.done(envVarsCreate, { name: 'GONE_SOON', value: 'a-value', ...place('gone') }, dana);
  const user = { userKind: 'connection', userId: 'c1', userName: 'lab', pointer: '/host', name: 'GONE_SOON', project: 'gone' };
  const { tenantId } = dana.actor;
  await safe.databases.tenant({ tenantId }, (db) => db.insert(secretReferences).values({ tenantId, id: newId(), ...user }));
  expect((await safe.refused(envVarsDelete, { id }, dana)).slug).toBe('secret-in-use');
  await safe.databases.tenant({ tenantId }, (db) => db.delete(secretReferences));
  expect(await safe.done(envVarsDelete, { id }, dana)).toEqual({ id, name: 'GONE_SOON' });
  expect(await safe.sql('select 1 from secret_versions where secret_id = $1', [id])).toEqual([]);
  await safe.done(envVarsCreate, { name: 'GONE_SOON', value: 'again', ...place('gone') }, dana);
});

test('another tenant sees none of it, and whoever may only read cannot change it', async () => {
  const { id } = await safe.done(envVarsCreate, { name: 'OURS_ALONE', value: 'a-value', ...place('ours') }, dana);
  const stranger = safe.as({ tenant: 'b' });
  expect((await safe.done(envVarsList, {}, stranger)).items).toEqual([]);
  expect((await safe.refused(envVarsUpdate, { id, value: 'x' }, stranger)).slug).toBe('secret-not-found');
  const reader = safe.as({ permissions: ['secrets:read'] });
  expect((await safe.refused(envVarsUpdate, { id, value: 'x' }, reader)).slug).toBe('permission-denied');
});
