import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { routeOf } from '#kernel/registry.ts';
import { schemasOf } from '#surfaces/json-schema.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople, type DemoLogin } from '../src/demo-people.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { watchEffort } from './effort.ts';
import { snapshot, tablesOf, textsOf } from './holdings.ts';
import { alike, createPicker, places } from './places.ts';
import { sampleOf } from './sample.ts';

type Input = Record<string, unknown>;
let app: App;
let home: string;
let url: string;
let root: pg.Client;
let logins: DemoLogin[];
let [acme, globex] = ['', ''];
/** Ids of rows of acme by table, and texts that only acme has. */
let foreign: Map<string, string[]>;
let idsFor: ReturnType<typeof createPicker>;
let secrets: string[];

const keyOf = (name: string): string => logins.find(({ email }) => email.startsWith(name))!.apiKey;
const bearer = (token: string) => ({ kind: 'bearer', token }) as const;
const call = (operation: AnyOperation, input: Input, token: string) =>
  app.core.gate.pass(operation, input, { surface: 'rest', credentials: bearer(token), ip: '192.0.2.7', requestId: newId(), envelope: {} });
const operationOf = (name: string): AnyOperation => app.core.registry.operations.get(name)!;

async function done(name: string, input: Input, who = 'olivia'): Promise<Record<string, unknown>> {
  const passed = await call(operationOf(name), input, keyOf(who));
  if (passed.status === 'done') return passed.output as Record<string, unknown>;
  if (passed.status !== 'accepted') throw new Error(`${name} is ${passed.status}`);
  const { id, state } = passed.change;
  if (state === 'awaiting_approval') await call(operationOf('changes.approve'), { id }, keyOf('priya'));
  for (;;) {
    const change = await done('changes.get', { id });
    if (change['state'] === 'succeeded') return change;
    if (change['endedAt'] !== null) throw new Error(`${name} ended as ${String(change['state'])}: ${JSON.stringify(change['problem'])}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}

/** Something of every kind that can be made without the outside, so that there is much to reach for. */
async function furnish(): Promise<void> {
  const { id: cloud } = await done('clouds.create', { name: 'acme-lab', kind: 'simulated' });
  const { id: names } = await done('clouds.create', { name: 'acme-names', kind: 'embedded-dns' });
  await done('servers.create', { connectionId: cloud, name: 'acme-web-1', region: 'sim-eu-1', size: 'std-1', image: 'debian-13' });
  await done('dns.createZone', { connectionId: names, name: 'acme-zone.example' });
  await done('secrets.create', { name: 'ACME_ONLY_PASSWORD', value: 'acme-only-value', description: 'Of the acme shop' });
  const roles = (await done('roles.list', {}))['items'] as { id: string; key: string }[];
  const viewer = roles.find(({ key }) => key === 'viewer')!.id;
  await done('invitations.create', { id: acme, email: 'guest@acme-guests.example', roleIds: [viewer] });
  await done('tenants.domains.add', { id: acme, domain: 'portal.acme-zone.net' });
  await call(operationOf('members.suspend'), { userId: await personId('vera') }, keyOf('olivia'));
}
const personId = async (name: string): Promise<string> =>
  (await root.query<{ id: string }>('select id from auth.users where email like $1', [`${name}@%`])).rows[0]!.id;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-idor-'));
  const databaseUrl = await cloneDatabase();
  root = new pg.Client({ connectionString: databaseUrl });
  await root.connect();
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_DEMO: 'true',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
    SWITCHYARD_DNS_PORT: '0',
  });
  app = await createApp({ config, databaseUrl, log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  logins = await seedPeople(app.core, [], app.iam.passwords);
  await app.http.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.http.app.server.address() as AddressInfo).port}`;
  const ids = await root.query<{ id: string; slug: string }>('select id, slug from tenants');
  [acme, globex] = ['acme', 'globex'].map((slug) => ids.rows.find((row) => row.slug === slug)!.id) as [string, string];
  await furnish();
  const all = await tablesOf(root);
  foreign = new Map();
  for (const { schema, name } of all) {
    // Priya is at home in both: what carries her id is not foreign to globex.
    const { rows } = await root.query<{ id: string }>(
      `select id from ${schema}."${name}" t where tenant_id = $1 and not exists (select from ${schema}."${name}" o where o.id = t.id and o.tenant_id <> $1) order by id limit 2`,
      [acme],
    );
    if (rows.length > 0) foreign.set(name, rows.map(({ id }) => id)); // prettier-ignore
  }
  idsFor = createPicker(foreign);
  secrets = await textsOf(root, all, acme, globex);
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  await root.end();
  rmSync(home, { recursive: true, force: true });
});

const baseOf = (operation: AnyOperation): Input => ({
  ...(sampleOf(schemasOf(operation).input) as Input),
  ...(operation.tenantField ? { [operation.tenantField]: globex } : {}),
});

interface Answer {
  verdict: string;
  text: string;
}
async function answer(operation: AnyOperation, input: Input): Promise<Answer> {
  return call(operation, input, keyOf('gustav')).then(
    (passed) => ({ verdict: passed.status, text: JSON.stringify(passed.status === 'done' ? passed.output : passed) }),
    (problem: unknown) => {
      if (!(problem instanceof Problem)) throw problem;
      return { verdict: problem.slug, text: JSON.stringify(problem.toJSON()) };
    },
  );
}

/** Ids and texts of acme in an answer, but for what the caller wrote himself. */
const leaked = (text: string, input: Input): string[] => {
  const own = JSON.stringify(input);
  return [...[...foreign.values()].flat(), ...secrets].filter((secret) => text.includes(secret) && !own.includes(secret));
};
const callable = (): AnyOperation[] =>
  [...app.core.registry.operations.values()].filter(({ access, hiddenFrom }) => access !== 'public' && !hiddenFrom?.includes('rest'));

/** The trail first: what one has asked elsewhere is in it in one's own words. */
const lists = (): AnyOperation[] =>
  callable()
    .filter((operation) => operation.risk === 'read' && routeOf(operation).method === 'GET' && ('cursor' in (operation.input.shape as object) || operation.name.endsWith('.list')))
    .toSorted((a, b) => Number(b.name.startsWith('audit.')) - Number(a.name.startsWith('audit.'))); // prettier-ignore

test('there is much of acme to reach for', () => {
  expect([...foreign.keys()]).toEqual(
    expect.arrayContaining(['api_keys', 'members', 'roles', 'grants', 'servers', 'changes', 'invitations', 'tenant_domains', 'tenants']),
  );
  expect(secrets).toEqual(expect.arrayContaining(['Acme Networks', 'olivia@acme.example', 'acme-web-1', 'guest@acme-guests.example']));
});

test('platform 83: Given two tenants and every list Operation, when fuzzed with ids of the other, then no foreign id, name or count appears in any answer, error, header or timing class', async () => {
  expect(lists().length).toBeGreaterThan(8);
  const ask = async (operation: AnyOperation, input: Input) => {
    const { path } = routeOf(operation);
    const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
    const query = new URLSearchParams(Object.entries(input).filter(([name]) => !inPath.has(name)).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
    const response = await fetch(`${url}/api/v1${path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(input[name])))}?${query.toString()}`, { headers: { authorization: `Bearer ${keyOf('gustav')}` } });
    const body = await response.text();
    return { status: response.status, body, all: body + JSON.stringify([...response.headers]) };
  };
  const wrong: string[] = [];
  let turn = 0;
  // Some texts for each filter, others for the next; of a filter that takes no such thing one, since all are refused alike.
  const textsFor = (takesNone: boolean): string[] => Array.from({ length: takesNone ? 1 : 4 }, () => secrets[turn++ % secrets.length]!);
  for (const operation of lists()) {
    const base = baseOf(operation);
    const { properties } = schemasOf(operation).input;
    const filters = Object.keys(properties).filter((field) => field !== operation.tenantField && field !== 'limit');
    const plain = await ask(operation, base);
    if (leaked(plain.all, base).length > 0) wrong.push(`${operation.name}: tells ${leaked(plain.all, base).join(', ')}`);
    for (const field of filters) {
      const nobodys = newId();
      const absent = await ask(operation, { ...base, [field]: nobodys });
      for (const value of [...idsFor(operation, field, absent.status === 422), ...textsFor(absent.status === 422)]) {
        const input = { ...base, [field]: value };
        const got = await ask(operation, input);
        if (leaked(got.all, input).length > 0) wrong.push(`${operation.name} ${field}: tells ${leaked(got.all, input).join(', ')}`);
        const isId = /^[0-9a-f-]{36}$/.test(value);
        if (isId && (got.status !== absent.status || alike(got.body, value) !== alike(absent.body, nobodys))) wrong.push(`${operation.name} ${field}=${value}: ${got.status} ${got.body.slice(0, 150)}`);
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
}, 300_000); // prettier-ignore

/** Lists by any filter: nothing but what is asked of the database and of argon2id takes a time that could be told apart from outside. */
test('platform 83, its timing class: a list asked for another tenant’s id does the very same work as for an id that never was', async () => {
  const watch = watchEffort(app.iam.passwords);
  const work = async (operation: AnyOperation, input: Input, id: string) => (await watch.of(() => answer(operation, input))).done.map((text) => alike(text, id));
  const wrong: string[] = [];
  let compared = 0;
  try {
    for (const operation of lists()) {
      for (const field of Object.keys(schemasOf(operation).input.properties).filter((one) => one !== 'limit')) {
        const inputFor = (id: string): Input => ({ ...baseOf(operation), [field]: id });
        const takesNone = (await answer(operation, inputFor(newId()))).verdict === 'validation-failed';
        for (const id of idsFor(operation, field, takesNone)) {
          // What is remembered for some seconds, and calls that are granted many at a time, are asked for in some calls and not in others:
          // one that did as much as one of the others will do.
          const [theirs, nobodys] = [new Set<string>(), new Set<string>()];
          const differ = () => ![...theirs].some((effort) => nobodys.has(effort));
          for (let tries = 0; tries < 8 && differ(); tries += 1) {
            const random = newId();
            nobodys.add((await work(operation, inputFor(random), random)).join('\n'));
            theirs.add((await work(operation, inputFor(id), id)).join('\n'));
          }
          compared += 1;
          if (differ()) wrong.push(`${operation.name} ${field}: for another tenant’s ${[...theirs][0]}\n, for nobody’s ${[...nobodys][0]}`);
        }
      }
    }
    // It can tell: a list does ask, and one more thing done is seen.
    const [first] = lists();
    const plain = await watch.of(() => answer(first!, baseOf(first!)));
    expect(plain.done.length).toBeGreaterThan(0);
    expect((await watch.of(async () => (await answer(first!, baseOf(first!)), app.iam.passwords.verify(null, 'x')))).done).toContain('argon2id');
  } finally {
    watch.stop();
  }
  expect([...new Set(wrong)]).toEqual([]);
  expect(compared).toBeGreaterThan(500);
}, 300_000); // prettier-ignore

test('with another tenant’s ids in every field of every operation, nothing is told, nothing is done, and the answer is that of an id that never was', async () => {
  const before = await snapshot(root, acme);
  const wrong: string[] = [];
  let asked = 0;
  for (const operation of callable()) {
    for (const { field, many } of places(operation)) {
      const inputFor = (id: string): Input => ({ ...baseOf(operation), [field]: many ? [id] : id });
      const random = newId();
      let absent = await answer(operation, inputFor(random));
      for (const id of idsFor(operation, field)) {
        const input = inputFor(id);
        let got = await answer(operation, input);
        asked += 1;
        const told = leaked(got.text, input);
        if (told.length > 0) wrong.push(`${operation.name} ${field}: tells ${told.slice(0, 3).join(', ')}`);
        // It makes a file of one's own entries, which has another name each time; that nobody else's are in it is proven with exports.
        if (operation.name === 'audit.exports.create') continue;
        const differs = () => got.verdict !== absent.verdict || alike(got.text, id) !== alike(absent.text, random);
        // What the tenant itself does meanwhile may be seen by the later of two calls: those that differ are made again, side by side.
        if (differs()) [absent, got] = [await answer(operation, inputFor(random)), await answer(operation, input)];
        if (differs())
          wrong.push(`${operation.name} ${field}: ${got.verdict} for another tenant’s, ${absent.verdict} for nobody’s: ${got.text.slice(0, 200)}`);
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
  expect(asked).toBeGreaterThan(1_000);
  expect(await snapshot(root, acme)).toEqual(before);
}, 300_000);

test('workflows 3: A tenant’s user gets 404 for another tenant’s workflow id on every endpoint of workflows and executions', async () => {
  const { id: workflow } = await done('workflows.create', { name: 'Of acme alone' });
  const { execution } = (await done('workflows.testRun', { id: workflow, inputs: {} })) as { execution: { id: string } };
  const wrong: string[] = [];
  const asked = { workflows: 0, executions: 0 };
  for (const operation of callable()) {
    const kind = /^\/(workflows|executions)\/\{id\}/.exec(routeOf(operation).path)?.[1] as keyof typeof asked | undefined;
    if (!kind) continue;
    asked[kind] += 1;
    const input = { ...baseOf(operation), id: kind === 'workflows' ? workflow : execution.id };
    const { verdict, text } = await answer(operation, input);
    if (!text.includes('"status":404')) wrong.push(`${operation.name}: ${verdict}`);
  }
  expect(wrong).toEqual([]);
  expect([asked.workflows > 25, asked.executions > 10], JSON.stringify(asked)).toEqual([true, true]);
});

test('the path of another tenant leads nowhere, whatever the operation', async () => {
  const wrong: string[] = [];
  for (const operation of callable().filter(({ tenantField }) => tenantField !== undefined)) {
    const input = (id: string): Input => ({ ...baseOf(operation), [operation.tenantField!]: id });
    const [theirs, nobodys] = [await answer(operation, input(acme)), await answer(operation, input(newId()))];
    if (theirs.verdict !== 'tenant-not-found' || nobodys.verdict !== 'tenant-not-found' || leaked(theirs.text, input(acme)).length > 0)
      wrong.push(`${operation.name}: ${theirs.verdict}, ${nobodys.verdict}`);
  }
  expect(wrong).toEqual([]);
});

test('all this was seen: the attempts are on record as blocked, and acme heard of those that would have changed something', async () => {
  await app.core.people.watch!.settled();
  const { rows } = await root.query<{ blocked: boolean; target: string }>(
    'select distinct blocked, target_tenant_id::text as target from auth.rls_violations',
  );
  expect(rows.map(({ target }) => target)).toEqual(rows.map(() => acme));
  expect(rows.every(({ blocked }) => blocked)).toBe(true);
  expect((await root.query(`select 1 from events where type = 'security.event' and tenant_id = $1`, [acme])).rowCount).toBeGreaterThan(0);
  expect((await root.query(`select 1 from events where type in ('security.event', 'rls.violation') and tenant_id = $1`, [globex])).rowCount).toBe(0);
});
