import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import type { Person } from '#test/world.ts';
import { auditList } from '#modules/audit/index.ts';
import { envVarsCreate, envVarsDelete, secretsAccessLog, secretsCreate, secretsInject } from '../index.ts';

let safe: Safe;
let dana: Person;
const clock = { at: new Date('2026-11-20T12:00:00Z') };
const CANARY = 'canary-9f2b7c41d0-value';
const ids: Record<string, string> = {};
beforeAll(async () => {
  safe = await createSafe({ now: () => clock.at });
  dana = safe.as({ name: 'dana' });
  const shop = { scope: 'project', project: 'shop' } as const;
  const wishes = [
    { name: 'DB_PASSWORD', value: 'of the workspace' },
    { name: 'DB_PASSWORD', value: 'of the workspace, test', environment: 'test' },
    { name: 'DB_PASSWORD', value: 'of the shop', ...shop },
    { name: 'DB_PASSWORD', value: CANARY, environment: 'test', ...shop },
    { name: 'ONLY_TEST', value: 'test alone', environment: 'test' },
  ];
  for (const wish of wishes) ids[`${wish.name}.${'project' in wish}.${wish.environment ?? ''}`] = (await safe.done(secretsCreate, wish, dana)).id;
  ids['LOG_LEVEL'] = (await safe.done(envVarsCreate, { name: 'LOG_LEVEL', value: 'debug' }, dana)).id;
});
afterAll(() => safe.close());
const injected = async (input: object, person = dana) => (await safe.done(secretsInject, input, person)).values;

test('what holds for a project and environment is handed out: the project’s before the workspace’s, the environment’s before the general', async () => {
  expect(await injected({})).toEqual({ DB_PASSWORD: 'of the workspace', LOG_LEVEL: 'debug' });
  expect(await injected({ environment: 'test' })).toEqual({ DB_PASSWORD: 'of the workspace, test', LOG_LEVEL: 'debug', ONLY_TEST: 'test alone' });
  expect(await injected({ project: 'shop', environment: 'dev' })).toEqual({ DB_PASSWORD: 'of the shop', LOG_LEVEL: 'debug' });
  expect(await injected({ project: 'shop', environment: 'test', names: ['DB_PASSWORD'] })).toEqual({ DB_PASSWORD: CANARY });
});

test('a name that stands for nothing refuses all, and so does one that was deleted', async () => {
  expect((await safe.refused(secretsInject, { names: ['LOG_LEVEL', 'ONLY_TEST'] }, dana)).slug).toBe('secret-reference-missing');
  const { id } = await safe.done(envVarsCreate, { name: 'SHORT_LIVED', value: 'for a moment' }, dana);
  await safe.done(envVarsDelete, { id }, dana);
  expect((await safe.refused(secretsInject, { names: ['SHORT_LIVED'] }, dana)).slug).toBe('secret-reference-missing');
});

test('each value is in the access log and the call in the audit trail, by names alone', async () => {
  await injected({ project: 'shop', environment: 'test' });
  const [log] = (await safe.done(secretsAccessLog, { id: ids['DB_PASSWORD.true.test']! }, dana)).items;
  expect(log).toMatchObject({ operation: 'secrets.inject', purpose: 'handed to a program (project shop, test)', actor: { name: 'dana' }, result: 'success' });
  const [variable] = (await safe.done(secretsAccessLog, { id: ids['LOG_LEVEL']! }, dana)).items;
  expect(variable).toMatchObject({ operation: 'secrets.inject', secret: { name: 'LOG_LEVEL' }, actor: { name: 'dana' }, result: 'success' });
  expect((await safe.refused(secretsAccessLog, { id: ids['LOG_LEVEL']! }, safe.as({ tenant: 'b' }))).slug).toBe('secret-not-found');
  await safe.audit.flush();
  const { items } = await safe.done(auditList, { operation: 'secrets.inject', result: 'success' }, dana);
  expect(items[0]!.targets.map(({ name }) => name)).toEqual(['DB_PASSWORD', 'LOG_LEVEL', 'ONLY_TEST']);
  const kept = await safe.sql<{ t: string }>(`select t::text from audit_entries t union all select t::text from secret_access_logs t union all select t::text from events t union all select t::text from changes t`);
  expect(kept.map(({ t }) => t).join()).not.toContain(CANARY);
}); // prettier-ignore

test('it takes secrets:use, within its scope, and a fresh proof from a session', async () => {
  const without = safe.as({ permissions: ['secrets:read', 'secrets:write', 'secrets:rotate'] });
  expect((await safe.refused(secretsInject, {}, without)).slug).toBe('permission-denied');
  const part = safe.as({ permissions: ['secrets:use'], scope: { any: [{ environments: ['test'] }] } });
  expect(await injected({ environment: 'test' }, part)).toEqual({ DB_PASSWORD: 'of the workspace, test', ONLY_TEST: 'test alone' });
  expect((await safe.refused(secretsInject, { environment: 'test', names: ['LOG_LEVEL'] }, part)).slug).toBe('scope-denied');
  const person = safe.as({ name: 'in-a-browser' });
  person.actor.proof = { at: new Date(clock.at.getTime() - 16 * 60_000), level: 1, factors: ['password'] };
  expect((await safe.refused(secretsInject, {}, person)).slug).toBe('step-up-required');
  person.actor.proof = { ...person.actor.proof, at: clock.at };
  expect(await injected({}, person)).toHaveProperty('LOG_LEVEL');
  for (const surface of ['mcp', 'web', 'workflow'] as const)
    await expect(safe.call(secretsInject, {}, dana, {}, surface)).rejects.toMatchObject({ slug: 'not-found' });
});

test('a repetition with the same key has no values: what is kept of an answer is kept without them', async () => {
  const first = await safe.call(secretsInject, { names: ['LOG_LEVEL'] }, dana, { idempotencyKey: 'once' });
  const again = await safe.call(secretsInject, { names: ['LOG_LEVEL'] }, dana, { idempotencyKey: 'once' });
  expect([first, again].map((passed) => passed.status === 'done' && passed.output.values)).toEqual([{ LOG_LEVEL: 'debug' }, '••••••']);
});
