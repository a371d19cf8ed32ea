import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation, Surface } from '#kernel/operation.ts';
import { toolName } from '#kernel/registry.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import { isHidden } from '#surfaces/rest.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople } from '../src/demo-people.ts';
import { cli, isOn, mcp, rest, type Answer, type Caller, type With } from './callers.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { newcomers } from './newcomers.ts';
import { tryPlanless } from './planless.ts';
import { sampleOf, WANTED } from './sample.ts';

type Input = Record<string, unknown>;

let app: App;
let home: string;
let callers: [Surface, Caller][];
let close: () => Promise<void>;
let url: string;
let tools: (token: string) => Promise<string[]>;
let knows: (operation: AnyOperation) => Promise<boolean>;
/** Session tokens by first name, and those of a member without roles and of one whose Scope reaches nothing. */
let keys: Record<string, string>;
/** Things of the tenant acme by the field that names them, for each resource. */
let things: Record<string, string>;
let operations: AnyOperation[];

const call = async (operation: string, input: Input, who = 'olivia'): Promise<Record<string, unknown>> => {
  const answer = await callers[0]![1](app.core.registry.operations.get(operation)!, input, keys[who]!);
  if (answer.verdict !== 'done' && answer.verdict !== 'accepted') throw new Error(`${operation}: ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
};
const firstOf = async (operation: string): Promise<string> => ((await call(operation, {}))['items'] as { id: string }[])[0]!.id;
const made = async (operation: string, input: Input): Promise<string> => (await call(operation, input))['id'] as string;

/** Carries a Change to its end and answers its id. */
async function carriedOut(operation: string, input: Input): Promise<string> {
  const { id: changeId } = (await call(operation, input))['change'] as { id: string };
  for (;;) {
    const { state, problem } = await call('changes.get', { id: changeId });
    if (state === 'succeeded') return changeId;
    if (problem !== null) throw new Error(`${operation} ended as ${String(state)}: ${JSON.stringify(problem)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** One thing of each kind in acme. */
async function furnish(): Promise<Record<string, string>> {
  const clouds = await made('clouds.create', { name: 'lab', kind: 'simulated' });
  const nameServers = await made('clouds.create', { name: 'names', kind: 'embedded-dns' });
  const changes = await carriedOut('servers.create', { connectionId: clouds, ...WANTED['servers.create'] });
  await carriedOut('dns.createZone', { connectionId: nameServers, name: 'sample.example' });
  const policies = await firstOf('policies.list');
  const calendars = await made('calendars.create', { name: 'sample-freeze' });
  const freeze = await made('calendars.entries.create', {
    calendarId: calendars,
    title: 'Sample',
    startsAt: '2027-01-01T00:00:00Z',
    endsAt: '2027-01-02T00:00:00Z',
  });
  return {
    policies, 'policies.versions': policies, 'policies.differences': policies, calendars, 'calendars.entries': freeze,
    clouds, nameServers, changes, servers: await firstOf('servers.list'), dns: await firstOf('dns.listZones'), apiKeys: await made('apiKeys.create', { name: 'Test' }),
    roles: await firstOf('roles.list'), members: await firstOf('members.list'), grants: await firstOf('grants.list'), secrets: await made('secrets.create', { name: 'LAB_PASSWORD', value: 'lab-value' }), tenants: await firstOf('tenants.list'),
  }; // prettier-ignore
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-conformance-'));
  const masterKey = Buffer.from(testMasterKey()).toString('base64');
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: masterKey,
    SWITCHYARD_DEMO: 'true',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
    SWITCHYARD_DNS_PORT: '0',
  });
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  const logins = await seedPeople(app.core, [], app.iam.passwords);
  await app.http.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.http.app.server.address() as AddressInfo).port}`;
  const agent = mcp(url);
  const line = await cli(url);
  callers = [['rest', rest(url)], ['mcp', agent.call], ['cli', line.call]]; // prettier-ignore
  tools = agent.tools;
  knows = line.knows;
  close = async () => {
    line.close();
    await agent.close();
  };
  keys = {};
  for (const { email, password } of [...logins, ...(await newcomers(app))]) {
    const answer = await callers[0]![1](app.core.registry.operations.get('auth.login')!, { email, password, tokenType: 'bearer' }, null);
    keys[email.split('@')[0]!] = (answer.body as { token: string }).token;
  }
  operations = [...app.core.registry.operations.values()];
  things = await furnish();
});
afterAll(async () => {
  await close();
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

const resourceOf = ({ name }: AnyOperation): string => name.slice(0, name.lastIndexOf('.'));

/** An input that the operation's schema takes, about things that acme has. */
function inputOf(operation: AnyOperation, id = things[resourceOf(operation)] ?? newId()): Input {
  const { input } = schemasOf(operation);
  const sample = { ...(sampleOf(input) as Input), ...WANTED[operation.name] };
  if ('id' in input.properties && input.required?.includes('id')) sample['id'] = id;
  if (operation.tenantField !== undefined) sample[operation.tenantField] = things['tenants'];
  if (input.required?.includes('connectionId')) sample['connectionId'] = things[operation.name === 'dns.createZone' ? 'nameServers' : 'clouds'];
  return sample;
}

const isList = ({ risk, targets, input }: AnyOperation): boolean =>
  risk === 'read' && typeof targets === 'string' && 'cursor' in (input.shape as object);

interface Difference {
  operation: string;
  answers: Record<string, string>;
}

/** Asks every surface on which the operation is, and collects where they differ from one another or from what is expected. */
async function ask(
  chosen: readonly AnyOperation[],
  who: string | null,
  inputFor: (operation: AnyOperation) => Input,
  expected: (verdict: string, operation: AnyOperation) => boolean,
  options?: With,
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const operation of chosen.filter((one) => callers.some(([surface]) => isOn(one, surface)))) {
    const input = inputFor(operation);
    const asked = callers.filter(([surface]) => isOn(operation, surface));
    const answers = Object.fromEntries(
      await Promise.all(
        asked.map(async ([surface, caller]) => [surface, (await caller(operation, input, who && keys[who]!, options)).verdict] as const),
      ),
    );
    const verdicts = Object.values(answers);
    if (new Set(verdicts).size !== 1 || !expected(verdicts[0]!, operation)) differences.push({ operation: operation.name, answers });
  }
  return differences;
}

const guarded = (): AnyOperation[] => operations.filter(({ access }) => access === undefined);
const is = (slug: string) => (verdict: string) => verdict === slug;

test('every operation has a sample that its own schema takes, so that what follows is refused for its reason and no other', () => {
  const unfit = operations.filter((operation) => !operation.input.strict().safeParse(inputOf(operation)).success).map(({ name }) => name);
  expect(unfit).toEqual([]);
  expect(operations.length).toBeGreaterThan(60);
});

test('without a sign-in every operation is refused alike', async () => {
  expect(await ask(operations.filter(({ access }) => access !== 'public'), null, inputOf, is('unauthenticated'))).toEqual([]); // prettier-ignore
});

test('without the permission every operation is refused alike, before anything of the tenant is looked at', async () => {
  expect(await ask(guarded(), 'nobody', (operation) => inputOf(operation, newId()), is('permission-denied'))).toEqual([]);
});

test('a field that does not exist is refused alike, and pointed at', async () => {
  // What another site's server words may hold more than we know (RFC 6749, 4.1.2); it is dropped.
  const ours = operations.filter((one) => !one.redirect && !one.form && !isHidden(one));
  expect(await ask(ours, 'olivia', (operation) => ({ ...inputOf(operation), notAField: 'x' }), is('validation-failed'))).toEqual([]);
  const [create] = operations.filter(({ name }) => name === 'clouds.create');
  for (const [, caller] of callers)
    expect((await caller(create!, { name: 5, kind: 'none' }, keys['olivia']!)).pointers.toSorted()).toEqual(['/kind', '/name']);
});

test('out of Scope nothing is touched, and every surface refuses alike', async () => {
  const aimed = guarded().filter(({ targets, permission }) => typeof targets === 'function' && permission !== 'secrets:export'); // that is the owners'
  const refusal = (verdict: string): boolean => verdict === 'scope-denied' || verdict.endsWith('not-found');
  expect(await ask(aimed, 'scoped', inputOf, refusal)).toEqual([]);
});

test('out of Scope lists are empty on every surface', async () => {
  const lists = guarded().filter((operation) => operation.targets === 'filter' && isList(operation));
  expect(lists.length).toBeGreaterThan(3);
  for (const operation of lists)
    for (const [surface, caller] of callers) {
      const { body } = await caller(operation, inputOf(operation), keys['scoped']!);
      expect([
        operation.name,
        surface,
        [things['clouds']!, things['servers']!, things['dns']!].filter((id) => JSON.stringify(body).includes(id)),
      ]).toEqual([operation.name, surface, []]);
    }
});

test('another tenant’s lists show nothing of ours', async () => {
  // Before they name our things themselves: a refusal repeats what was asked for.
  const lists = operations.filter(isList);
  for (const operation of lists)
    for (const [surface, caller] of callers.filter(([name]) => isOn(operation, name))) {
      const text = JSON.stringify((await caller(operation, inputOf(operation), keys['gustav']!)).body);
      const seen = Object.values(things).filter((id) => text.includes(id));
      expect([operation.name, surface, seen]).toEqual([operation.name, surface, []]);
    }
});

test('another tenant’s things are as absent as things that never were', async () => {
  const aimed = guarded().filter(
    (operation) =>
      typeof operation.targets === 'function' &&
      'id' in operation.input.shape &&
      things[resourceOf(operation)] !== undefined &&
      resourceOf(operation) !== 'roles',
  );
  expect(aimed.length).toBeGreaterThan(15);
  const verdictsFor = async (id?: string): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const operation of aimed) found[operation.name] = (await callers[0]![1](operation, inputOf(operation, id), keys['gustav']!)).verdict;
    return found;
  };
  const theirs = await verdictsFor();
  expect(theirs).toEqual(await verdictsFor(newId()));
  expect(await ask(aimed, 'gustav', inputOf, (verdict, { name }) => verdict === theirs[name] && verdict.endsWith('not-found'))).toEqual([]);
});

test('one key gives one effect: the same call is answered alike whichever surface repeats it', async () => {
  const repeated: Record<string, Input> = { 'clouds.create': { name: 'once', kind: 'simulated' }, 'clouds.sync': { id: things['clouds'] } };
  for (const [name, input] of Object.entries(repeated)) {
    const operation = app.core.registry.operations.get(name)!;
    const key = `key-${newId()}`;
    const answers: Answer[] = [];
    for (const [, caller] of [...callers, ...callers]) answers.push(await caller(operation, input, keys['olivia']!, { key }));
    const effects = answers.map(
      ({ verdict, body }) =>
        `${verdict} ${JSON.stringify((body as { id?: string; change?: { id: string } }).id ?? (body as { change: { id: string } }).change.id)}`,
    );
    expect([name, new Set(effects).size]).toEqual([name, 1]);
  }
  const listed = ((await call('clouds.list', {}))['items'] as { name: string }[]).filter(({ name }) => name === 'once');
  expect(listed).toHaveLength(1);
});

test('the same key with another input is refused alike', async () => {
  const key = `key-${newId()}`;
  const [, caller] = callers[0]!;
  expect(
    (await caller(app.core.registry.operations.get('clouds.create')!, { name: 'taken', kind: 'simulated' }, keys['olivia']!, { key })).verdict,
  ).toBe('done');
  const changing = guarded().filter(({ risk }) => risk !== 'read');
  expect(await ask(changing, 'olivia', inputOf, is('idempotency-conflict'), { key })).toEqual([]);
});

test('a dry run plans alike and does nothing', async () => {
  const operation = app.core.registry.operations.get('servers.delete')!;
  expect(await ask([operation], 'olivia', inputOf, is('planned'), { dryRun: true })).toEqual([]);
  expect((await call('servers.get', { id: things['servers'] }))['openChange']).toBeNull();
});

test('a dry run of what leaves no Change enters no handler, by the Gate and on every surface', async () => {
  const { entered, reached } = await tryPlanless({ app, callers, operations, inputOf, token: keys['olivia']! });
  expect(entered).toEqual([]);
  // Others are refused before: what their sample is about does not exist, or a fresh proof is asked for. The command line knows no such flag.
  expect([(reached['rest'] ?? 0) > 40, (reached['mcp'] ?? 0) > 20, reached['cli']]).toEqual([true, true, undefined]);
});

test('devices 60: Given the registry, when enumerated, then REST routes, MCP tools, workflow nodes and CLI commands are the same set, and none of the forbidden topics of §1 exists', async () => {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; 'x-switchyard': { aliasOf?: string } }>>;
  };
  const described = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ operationId, 'x-switchyard': { aliasOf } }) => (aliasOf === undefined ? [operationId] : [])),
  );
  const named = (chosen: readonly AnyOperation[]): string[] => chosen.map(({ name }) => name).toSorted();
  expect(described.toSorted()).toEqual(named(operations.filter((operation) => !isHidden(operation))));
  const offered = await app.core.gate.offered(
    await app.core.gate.actor({
      surface: 'rest',
      credentials: { kind: 'bearer', token: keys['olivia']! },
      ip: null,
      requestId: newId(),
      envelope: {},
    }),
  );
  const agents = offered.filter((operation) => isOn(operation, 'mcp'));
  expect(await tools(keys['olivia']!)).toEqual(agents.map(toolName).toSorted());
  for (const operation of operations) expect([operation.name, await knows(operation)]).toEqual([operation.name, isOn(operation, 'cli')]);
  const steps = (await call('nodeTypes.list', { include: 'operations' }))['operations'] as AnyOperation[];
  expect(named(steps)).toEqual(named(operations.filter((one) => isOn(one, 'workflow') && one.access !== 'public')));
  const forbidden = /^(devices?|fleet|routeros)\..*(user|group|certificate|vpn|nat|mangle|upgrade|reboot|reset|factory|script|shell)/i;
  expect(named(operations.filter(({ name, risk }) => risk !== 'read' && forbidden.test(name)))).toEqual([]);
});
