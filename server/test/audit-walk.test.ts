import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import { authLogin } from '#modules/identity/index.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople } from '../src/demo-people.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { newcomers } from './newcomers.ts';
import { sampleOf } from './sample.ts';

let app: App;
let home: string;
let acme: string;
/** Session tokens: an owner, a member without any role, and an API key that was made for nothing. */
const tokens: Record<string, string> = {};
let owner: [email: string, password: string];

async function signedIn(email: string, password: string): Promise<string> {
  const call = { surface: 'rest' as const, credentials: null, ip: '192.0.2.1', requestId: newId(), envelope: {} };
  const passed = await app.core.gate.pass(authLogin, { email, password, tokenType: 'bearer' }, call);
  return (passed as { output: { token: string } }).output.token;
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-walk-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'), SWITCHYARD_DEMO: 'true', SWITCHYARD_RATE_LIMIT_FACTOR: '100000', SWITCHYARD_DNS_PORT: '0',
  }); // prettier-ignore
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  const logins = await seedPeople(app.core, [], app.iam.passwords);
  const people = [...logins, ...(await newcomers(app))];
  for (const name of ['olivia', 'nobody']) {
    const { email, password } = people.find((one) => one.email.startsWith(name))!;
    tokens[name] = await signedIn(email, password);
    if (name === 'olivia') owner = [email, password];
  }
  tokens['capped'] = logins.find((one) => one.email.startsWith('olivia'))!.apiKey;
  await app.core.databases.platform('test', async (db) => {
    acme = (await db.$client.query<{ id: string }>(`select id from tenants where slug = 'acme'`)).rows[0]!.id;
    await db.$client.query(`update auth.api_keys set permissions = '{nothing:read}' where tenant_id = $1`, [acme]);
  });
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

/** Where the schema alone does not tell what fits. */
const WANTED: Record<string, object> = {
  'access.explain': { operation: 'clouds.list' },
  'access.whoCan': { operation: 'clouds.list' },
};

function inputOf(operation: AnyOperation): Record<string, unknown> {
  const { input } = schemasOf(operation);
  const sample = { ...(sampleOf(input) as Record<string, unknown>), ...WANTED[operation.name] };
  if (operation.tenantField !== undefined) sample[operation.tenantField] = acme;
  return sample;
}

const called = (operation: AnyOperation, token: string, requestId: string): Promise<string> =>
  app.core.gate
    .pass(operation as never, inputOf(operation), { surface: operation.hiddenFrom?.includes('rest') ? 'cli' : 'rest', credentials: { kind: 'bearer', token }, ip: '192.0.2.9', requestId, envelope: {} })
    .then((passed: { status: string }) => passed.status, (problem: { slug: string }) => problem.slug); // prettier-ignore

interface Entry extends Record<string, unknown> {
  request_id: string;
  operation: string;
  result: string;
  actor_id: string;
  actor_email: string | null;
  roles: string[];
  reason: { stage: string; code: string } | null;
}

/** Has the entry what it must have, of this person? */
const isSound = (entry: Entry | undefined, name: string, results: readonly string[], email: string): boolean =>
  entry?.operation === name && results.includes(entry.result) && entry.actor_email === email && entry.actor_id !== '';

/** Which of the two entries of an operation is missing, or lacks something. */
function lackingOf({ name, access }: AnyOperation, entries: ReadonlyMap<string, Entry>, [allowed, denied]: readonly [string, string]): object[] {
  // auth.me tells every key who it is, whatever it was made for.
  const refusals = name === 'auth.me' ? ['success'] : ['denied'];
  const refused = entries.get(`denied-${name}`);
  const passed = entries.get(`allowed-${name}`);
  const found: object[] = [];
  if (!isSound(refused, name, refusals, access === 'self' ? 'olivia@acme.example' : 'nobody@acme.example'))
    found.push({ name, answer: denied, result: refused?.result, email: refused?.actor_email });
  // An input that is not valid is the caller's slip and not a decision (governance.md 2, step 5).
  if (allowed !== 'validation-failed' && !isSound(passed, name, ['success', 'failure', 'pending', 'error', 'denied'], 'olivia@acme.example'))
    found.push({ name, answer: allowed, result: passed?.result, email: passed?.actor_email });
  return found;
}

test('governance 72: Given any of 300 Operations, when called once allowed and once denied, then two entries with user, e-mail, operation, result exist', async () => {
  // Strangers have no e-mail address.
  // Nor can anybody call what stands behind something else and is offered nowhere.
  const operations = [...app.core.registry.operations.values()].filter(({ access, hiddenFrom }) => access !== 'public' && !hiddenFrom?.includes('rest'));
  expect(operations.length).toBeGreaterThan(150);
  const answers: Record<string, [string, string]> = {};
  for (const operation of operations) {
    // One's own affairs are denied to a key that was made for nothing of the kind; all else to who has no role.
    const denied = await called(operation, operation.access === 'self' ? tokens['capped']! : tokens['nobody']!, `denied-${operation.name}`);
    answers[operation.name] = ['', denied];
  }
  for (const operation of operations) {
    const answer = answers[operation.name]!;
    answer[0] = await called(operation, tokens['olivia']!, `allowed-${operation.name}`);
    // Somebody's last call ended the session; nothing was decided about this one.
    if (!answer[0].startsWith('session-')) continue;
    tokens['olivia'] = await signedIn(...owner);
    answer[0] = await called(operation, tokens['olivia'], `allowed-${operation.name}`);
  }
  await app.core.audit.flush();
  const rows = await app.core.databases.platform('test', async (db) => (await db.$client.query<Entry>('select * from audit_entries where tenant_id = $1', [acme])).rows);
  const entries = new Map(rows.map((row) => [row.request_id, row]));
  const lacking = operations.flatMap((operation) => lackingOf(operation, entries, answers[operation.name]!));
  expect(lacking).toEqual([]);
  const unfit = operations.filter(({ name }) => answers[name]![0] === 'validation-failed').map(({ name }) => name);
  expect(unfit.length).toBeLessThan(operations.length / 5);
  const writes = rows.filter(({ request_id: id, result }) => id.startsWith('allowed-') && result === 'success');
  expect(writes.filter(({ roles }) => roles.includes('owner')).length).toBeGreaterThan(20);
}, 240_000); // prettier-ignore

test('platform 118: Given `POST /audit-logs`, when called, then 405', async () => {
  const answer = await app.http.app.inject({ method: 'POST', url: '/api/v1/audit-logs', headers: { authorization: `Bearer ${tokens['nobody']}`, 'content-type': 'application/json' }, payload: '{}' });
  expect([answer.statusCode, answer.json().type, answer.headers.allow]).toEqual([405, expect.stringContaining('method-not-allowed'), expect.stringContaining('GET')]);
}); // prettier-ignore
