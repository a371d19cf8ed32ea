import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { cli, mcp, rest, type Caller } from '#test/callers.ts';
import { createCli } from '#test/cli.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { setOf } from '#test/rules.ts';
import { createApp, type App } from '../../app.ts';
import { seedPeople, type DemoLogin } from '../../demo-people.ts';

type Body = Record<string, unknown>;
let app: App;
let home: string;
let url: string;
let logins: DemoLogin[];
let surfaces: [string, Caller][];
let close: () => Promise<void>;

const login = (name: string): DemoLogin => logins.find(({ email }) => email.startsWith(name))!;
const ask = (caller: Caller, operation: string, input: Body, who = 'olivia') => caller(app.core.registry.operations.get(operation)!, input, login(who).apiKey, { dryRun: false }); // prettier-ignore
async function call(operation: string, input: Body, who = 'olivia'): Promise<Body> {
  const answer = await ask(surfaces[0]![1], operation, input, who);
  if (answer.verdict !== 'done' && answer.verdict !== 'accepted') throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}
async function agreed(change: { id: string }, who = 'priya'): Promise<Body> {
  await call('changes.approve', { id: change.id }, who);
  for (;;) {
    const found = await call('changes.get', { id: change.id });
    if (found['endedAt'] !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** As a form does it: with the session's cookie, from a page of ours. */
async function form(): Promise<Caller> {
  const { email, password } = login('olivia');
  const headers = { 'content-type': 'application/json', origin: url, 'x-requested-with': 'switchyard' };
  const answer = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', headers, body: JSON.stringify({ email, password }) });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '); // prettier-ignore
  return async (_operation, input) => {
    const response = await fetch(`${url}/api/v1/cloud-providers/${String(input['id'])}`, {
      method: 'DELETE',
      headers: { ...headers, cookie },
      body: '{}',
    });
    const body = (await response.json()) as { type?: string };
    return { verdict: body.type?.split('/').at(-1) ?? 'done', body, pointers: [] };
  };
}

let drawn = 0;
/** As a workflow's node does it, for whoever runs the workflow. Answers how the run ended. */
async function asNode(operation: string, input: Body): Promise<Body> {
  const [start, node] = [randomUUID(), randomUUID()];
  const { id } = await call('workflows.create', {
    name: `Calls ${operation}`,
    graph: {
      nodes: [
        { id: start, key: 'start', type: 'trigger', typeVersion: 1, name: 'Start', config: {} },
        { id: node, key: 'call', type: 'operation', typeVersion: 1, name: 'Call', config: { operation, input } },
      ],
      connections: [{ id: randomUUID(), kind: 'flow', source: start, sourcePort: 'main', target: node, targetPort: 'main' }],
    },
  });
  drawn += 1;
  const { execution } = await call('workflows.execute', { id, options: { version: 'draft', async: false } });
  return call('executions.get', { id: (execution as Body)['id'] });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-policies-'));
  const masterKey = Buffer.from(testMasterKey()).toString('base64');
  const config = loadConfig({ SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: masterKey, SWITCHYARD_DEMO: 'true', SWITCHYARD_RATE_LIMIT_FACTOR: '100000', SWITCHYARD_DNS_PORT: '0' }); // prettier-ignore
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  logins = await seedPeople(app.core, [], app.iam.passwords);
  await app.http.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.http.app.server.address() as AddressInfo).port}`;
  const agent = mcp(url);
  const line = await cli(url);
  surfaces = [['rest', rest(url)], ['mcp', agent.call], ['cli', line.call], ['web', await form()]]; // prettier-ignore
  close = async () => {
    line.close();
    await agent.close();
  };
});
afterAll(async () => {
  await close();
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

test('the same forbidden call over REST, MCP, command line, form, workflow node and job leaves the same decision', async () => {
  const { id } = await call('clouds.create', { name: 'lab', kind: 'simulated' });
  // Asked for while nothing forbids it; it will be about to run when something does.
  const { change: waiting } = (await call('clouds.delete', { id })) as { change: { id: string; state: string } };
  expect(waiting.state).toBe('awaiting_approval');
  const document = setOf('clouds-stay', [
    'id: no-removal\ntype: deny\nmatch: { operations: [clouds.delete] }\nmessage: Connections are never removed.',
  ]);
  const set = await call('policies.create', { document });
  const { change } = (await call('policies.versions.activate', { id: set['id'], number: 1 })) as { change: { id: string } };
  expect((await agreed(change))['problem']).toBeNull();

  const bodies: Body[] = [];
  for (const [surface, caller] of surfaces) {
    const answer = await ask(caller, 'clouds.delete', { id });
    expect([surface, answer.verdict]).toEqual([surface, 'policy-denied']);
    bodies.push(answer.body as Body);
  }
  for (const body of bodies) {
    expect(body).toMatchObject({
      status: 403,
      policyId: 'clouds-stay/no-removal',
      detail: expect.stringContaining('Connections are never removed.'),
    });
    expect(body['decisionId']).toEqual(expect.any(String));
  }
  const ran = await asNode('clouds.delete', { id });
  expect(ran).toMatchObject({ status: 'failed', error: { type: 'policy-denied', class: 'policy' } });
  const ended = await agreed(waiting);
  expect([ended['state'], ended['problem']]).toEqual(['failed', expect.objectContaining({ policyId: 'clouds-stay/no-removal' })]);

  await app.core.audit.flush();
  const { items } = (await call('audit.list', { operation: 'clouds.delete', result: 'denied' })) as { items: Body[] };
  expect(items.map(({ surface }) => String(surface)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['cli', 'job', 'mcp', 'rest', 'web', 'workflow']);
  const records = [];
  for (const { decisionId } of items) {
    const { operation, permission, risk, result, reason, targets, rules, policy, actor } = await call('decisions.get', { id: decisionId });
    const { denied, effect } = policy as { denied: Body; effect: string };
    records.push({
      operation,
      permission,
      risk,
      result,
      reason,
      targets,
      rules: (rules as string[]).filter((rule) => rule.startsWith('clouds-stay')),
      denied,
      effect,
      who: (actor as { id: string }).id,
    });
  }
  expect(new Set(records.map((record) => JSON.stringify(record))).size).toBe(1);
  expect(records[0]).toMatchObject({
    operation: 'clouds.delete', result: 'denied', risk: 'high', reason: { stage: 'policy', code: 'policy-denied' }, rules: ['clouds-stay/no-removal@1'],
    effect: 'deny', denied: { rule: 'clouds-stay/no-removal', slug: 'policy-denied' },
  }); // prettier-ignore
  expect((await call('clouds.get', { id }))['id']).toBe(id);
}, 60_000);

test('a warning of a rule is in a header of the answer, in any letters, and beside what a command prints', async () => {
  const document = setOf('gentle', [
    'id: mind\ntype: deny\nenforcement: warn\nmatch: { operations: [clouds.list] }\nmessage: Mind the clouds, höflich.',
  ]);
  const set = await call('policies.create', { document });
  const { change } = (await call('policies.versions.activate', { id: set['id'], number: 1 })) as { change: { id: string } };
  expect((await agreed(change))['problem']).toBeNull();
  const response = await fetch(`${url}/api/v1/cloud-providers`, { headers: { authorization: `Bearer ${login('olivia').apiKey}` } });
  expect(response.status).toBe(200);
  expect(decodeURIComponent(response.headers.get('x-switchyard-warnings')!)).toBe('gentle/mind: Mind the clouds, höflich.');
  const shell = await createCli(url);
  const { out, err } = await shell.run(['clouds', 'list', '--json'], { env: { SWITCHYARD_API_KEY: login('olivia').apiKey } });
  shell.close();
  expect(err).toBe('! gentle/mind: Mind the clouds, höflich.\n');
  expect(JSON.parse(out)).toHaveProperty('items');
}, 60_000);

test('what the plan of the tenant still leaves is a fact that rules decide on, and that a simulation shows on every surface', async () => {
  const planned = (plan: string) => app.core.databases.platform('a test', (db) => db.execute(`update tenants set plan = '${plan}' where slug = '${login('olivia').tenant}'`)); // prettier-ignore
  await planned('free');
  const document = setOf('room', [
    `id: seats\ntype: deny\nmatch: { operations: [invitations.create] }\nwhen: 'has(quota.seats) && quota.seats == 0'`,
  ]);
  const asked = { operation: 'invitations.create', parameters: {}, document };
  for (const [name, caller] of surfaces.slice(0, 3)) {
    const { body } = await ask(caller, 'policies.simulate', asked);
    expect([name, body]).toMatchObject([
      name,
      { facts: { quota: { seats: 0, workflows: 10 - drawn, webhookEndpoints: 2 } }, refusal: { rule: 'room/seats' } },
    ]);
  }
  await planned('enterprise');
  const free = await call('policies.simulate', asked);
  expect([Object.keys((free['facts'] as { quota: object }).quota).sort(), free['refusal']]).toEqual([['servers', 'vcpus', 'webhookEndpoints'], null]);
}, 60_000);
