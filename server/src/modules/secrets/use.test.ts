import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '#kernel/operation.ts';
import { scrub } from '#kernel/taint.ts';
import { securityEventsList } from '#modules/audit/index.ts';
import { cloudsCreate, cloudsDelete, cloudsGet, cloudsRevalidate, cloudsRotate, cloudsUpdate, cloudsValidate } from '#modules/clouds/index.ts';
import { changesGet } from '#modules/governance/index.ts';
import { eventually, ruling, setOf } from '#test/rules.ts';
import type { Person } from '#test/world.ts';
import { secretsAccessLog, secretsCreate, secretsDelete, secretsGet, secretsRotate, secretsUpdate } from './index.ts';
import { freshName, nameServer, secretWorld, type SecretWorld } from './testing.ts';

const DAY = 86_400_000;
let at = new Date();
let world: SecretWorld;
let [ann, ben, noUse]: Person[] = [];

beforeAll(async () => {
  world = await secretWorld({ now: () => at });
  ann = world.as({ name: 'ann' });
  ben = world.as({ name: 'ben' });
  noUse = world.as({ name: 'nora', permissions: ['clouds:*', 'secrets:read'] });
});
afterAll(() => world.end());

const resolve = (texts: string[], more: { environment?: string; project?: string; runtime?: Record<string, string> } = {}) =>
  world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    world.references.resolve(db, { tenantId: world.tenants.a, actor: ann!.actor, operation: 'test', purpose: 'a test', ...more }, texts),
  );
const logOf = async (id: string) => (await world.done(secretsAccessLog, { id }, ann!)).items;

describe('a reference', () => {
  test('platform 104: Given the same name in workspace and project, when resolved in the project, then the project value; with an environment match, that one', async () => {
    const name = freshName();
    const places = [
      [{}, 'everywhere'], [{ environment: 'staging' }, 'everywhere in staging'], [{ scope: 'project', project: 'shop' }, 'in the shop'], [{ scope: 'project', project: 'shop', environment: 'staging' }, 'in the shop in staging'],
    ] as const;
    for (const [place, value] of places) await world.store(ann!, { name, value, ...place });
    const text = `secret://${name}`;
    expect(await resolve([text])).toEqual(['everywhere']);
    expect(await resolve([text], { environment: 'staging' })).toEqual(['everywhere in staging']);
    expect(await resolve([text], { environment: 'dev' })).toEqual(['everywhere']);
    expect(await resolve([text], { project: 'shop' })).toEqual(['in the shop']);
    expect(await resolve([text], { project: 'shop', environment: 'dev' })).toEqual(['in the shop']);
    expect(await resolve([text], { project: 'shop', environment: 'staging' })).toEqual(['in the shop in staging']);
    expect(await resolve([text, 'plain', text], { project: 'shop', runtime: { [name]: 'of this run' } })).toEqual(['of this run', 'plain', 'of this run']);
    await expect(resolve([text, 'secret://NOT_THERE'])).rejects.toMatchObject({ slug: 'secret-reference-missing' });
  }); // prettier-ignore

  test('platform 106: Given a secret used by a workflow, when deleted, then 409 with the references', async () => {
    // There are no workflows yet; a connection refers to a secret in the same way.
    const secret = await world.store(ann!, { value: 'c2VjcmV0LW9uZQ==' });
    world.takes.add('c2VjcmV0LW9uZQ==');
    const connection = await world.connect(ann!, `secret://${secret.name}`);
    expect(connection.credential).toMatchObject({ hint: `secret://${secret.name}` });
    expect(world.tried.at(-1)).toBe('c2VjcmV0LW9uZQ==');
    const reference = { kind: 'cloud', id: connection.id, name: connection.name, pointer: '/credential/tsigSecret' };
    expect((await world.done(secretsGet, { id: secret.id }, ann!)).references).toEqual([reference]);
    const refused = await world.refused(secretsDelete, { id: secret.id }, ann!);
    expect([refused.slug, refused.kind.status, refused.extras['references']]).toEqual(['secret-in-use', 409, [reference]]);
    await world.done(cloudsUpdate, { id: connection.id, name: `${connection.name}-2` }, ann!);
    expect((await world.done(secretsGet, { id: secret.id }, ann!)).references).toMatchObject([{ name: `${connection.name}-2` }]);
    expect((await world.carriedOut(cloudsDelete, { id: connection.id }, ann!, ben!)).state).toBe('succeeded');
    await world.gone(secret.id, ann!, ben!);
    expect(await world.done(secretsGet, { id: secret.id }, ann!)).toMatchObject({ state: 'deleted', references: [] });
  });

  test('a rotated secret is picked up at the next use, and the log says who had which version', async () => {
    const secret = await world.store(ann!, { value: 'Zmlyc3Qtb25l' });
    world.takes.add('Zmlyc3Qtb25l').add('c2Vjb25kLW9uZQ==');
    const { id } = await world.connect(ann!, `secret://${secret.name}`);
    await world.done(secretsRotate, { id: secret.id, value: 'c2Vjb25kLW9uZQ==' }, ann!);
    expect(await world.done(cloudsRevalidate, { id }, ben!)).toMatchObject({ ok: true });
    expect(world.tried.at(-1)).toBe('c2Vjb25kLW9uZQ==');
    expect(await logOf(secret.id)).toMatchObject([
      { operation: 'clouds.revalidate', actor: { name: 'ben' }, secret: { version: 2 }, result: 'success', ip: '127.0.0.1' },
      { operation: 'clouds.create', actor: { name: 'ann' }, secret: { version: 1 }, result: 'success' },
    ]);
  });

  test('who may not use a secret cannot name it, sends nothing anywhere, and is written down', async () => {
    const secret = await world.store(ann!, { value: 'bm90LWZvci15b3U=' });
    world.takes.add('bm90LWZvci15b3U=');
    const before = world.tried.length;
    const wish = nameServer(`secret://${secret.name}`);
    for (const [operation, input] of [[cloudsCreate, wish], [cloudsValidate, { kind: wish.kind, config: wish.config, credential: wish.credential }]] as const) {
      const problem = await world.refused(operation, input, noUse!);
      expect([problem.slug, problem.kind.status]).toEqual(['secret-use-forbidden', 403]);
    }
    expect(world.tried).toHaveLength(before);
    expect(await logOf(secret.id)).toMatchObject([{ actor: { name: 'nora' }, result: 'denied' }, { actor: { name: 'nora' }, result: 'denied' }]);
    const narrow = world.as({ name: 'nick', grants: [{ permissions: ['clouds:*'] }, { permissions: ['secrets:use'], scope: { any: [{ environments: ['dev'] }] } }] });
    expect((await world.refused(cloudsCreate, wish, narrow)).slug).toBe('secret-use-forbidden');
    await world.store(ann!, { name: secret.name, environment: 'dev', value: 'bm90LWZvci15b3U=' });
    expect(await world.done(cloudsCreate, nameServer(`secret://${secret.name}`, { environment: 'dev' }), narrow)).toMatchObject({ environment: 'dev' });
  }); // prettier-ignore

  test('a name that leads nowhere is refused with a pointer, also where only the environment would change', async () => {
    const missing = await world.refused(cloudsCreate, nameServer('secret://NOT_THERE'), ann!);
    expect([missing.slug, missing.kind.status, missing.extras.errors]).toMatchObject(['secret-reference-missing', 422, [{ pointer: '/credential/tsigSecret' }]]);
    expect((await world.refused(cloudsCreate, nameServer('secret://not a name'), ann!)).slug).toBe('validation-failed');
    const secret = await world.store(ann!, { environment: 'dev', value: 'b25seS1kZXY=' });
    world.takes.add('b25seS1kZXY=');
    const { id } = await world.connect(ann!, `secret://${secret.name}`, { environment: 'dev' });
    expect((await world.refused(cloudsUpdate, { id, environment: 'staging' }, ann!)).slug).toBe('secret-reference-missing');
    expect(await world.done(cloudsRotate, { id, credential: { tsigSecret: 'b25seS1kZXY=' } }, ann!)).toMatchObject({ credential: { hint: '…ZXY=' } });
    expect((await world.done(secretsGet, { id: secret.id }, ann!)).references).toEqual([]);
    expect(await world.done(cloudsGet, { id }, ann!)).toMatchObject({ environment: 'dev' });
  }); // prettier-ignore

  test('a plan says whose value would change: by rotation, and by a secret that is nearer than the one they get now', async () => {
    const general = await world.store(ann!, { value: 'Z2VuZXJhbA==' });
    world.takes.add('Z2VuZXJhbA==');
    const { name } = await world.connect(ann!, `secret://${general.name}`, { environment: 'dev' });
    const planned = async (operation: Operation, input: object) => {
      const passed = await world.call(operation, input, ann!, { dryRun: true });
      return passed.status === 'planned' ? passed.plan.warnings : expect.unreachable(passed.status);
    };
    expect(await planned(secretsRotate, { id: general.id, value: 'x' })).toEqual([`cloud "${name}" uses the new value from then on.`]);
    const nearer = { name: general.name, value: 'x', environment: 'dev' };
    expect(await planned(secretsCreate, nearer)).toEqual([`cloud "${name}" uses this value instead of a more general one from then on.`]);
    expect(await planned(secretsCreate, { ...nearer, environment: 'staging', ownerTeam: 'nobody' })).toEqual([
      expect.stringContaining('Nobody is in a team "nobody"'),
    ]);
    const { id } = await world.store(ann!, nearer);
    // It is this one now that cannot be deleted, and the general one that can.
    expect((await world.refused(secretsDelete, { id }, ann!)).slug).toBe('secret-in-use');
    await world.gone(general.id, ann!, ben!);
  });

  test('of one who deletes a secret and one who begins to use it, the second is told that it is gone, or the first that it is in use', async () => {
    world.takes.add('cmFjZQ==');
    for (let n = 0; n < 6; n++) {
      const secret = await world.store(ann!, { value: 'cmFjZQ==' });
      const wish = nameServer(`secret://${secret.name}`);
      const change = await world.accepted(secretsDelete, { id: secret.id }, ann!);
      const connecting = n % 2 === 0 ? world.call(cloudsCreate, wish, ben!) : undefined;
      await world.approve(change, ben!);
      const connected = await (connecting ?? world.call(cloudsCreate, wish, ben!)).then(() => undefined, (error: unknown) => (error as { slug: string }).slug);
      const { state, problem } = await world.settled(change, ann!);
      if (connected === undefined) expect([state, problem]).toMatchObject(['failed', { type: expect.stringMatching(/secret-in-use$/) }]);
      else expect([state, connected]).toEqual(['succeeded', 'secret-reference-missing']);
    }
  }, 30_000); // prettier-ignore

  test('a value that was handed out is known to the process, which keeps it out of what it writes', async () => {
    const { name } = await world.store(ann!, { value: 'tainted-value-17' });
    await resolve([`secret://${name}`]);
    expect(scrub('it said tainted-value-17!', world.tenants.a)).toBe(`it said [secret:${name}]!`);
  });

  test('that it was used is noted once a minute, and each use is in the log', async () => {
    const { id, name } = await world.store(ann!);
    expect(await world.done(secretsGet, { id }, ann!)).toMatchObject({ lastAccessedAt: null, version: 1 });
    const first = at.toISOString();
    for (let n = 0; n < 3; n++) await resolve([`secret://${name}`]);
    at = new Date(at.getTime() + 30_000);
    await resolve([`secret://${name}`]);
    expect(await world.done(secretsGet, { id }, ann!)).toMatchObject({ lastAccessedAt: first, version: 1 });
    at = new Date(at.getTime() + 31_000);
    await resolve([`secret://${name}`]);
    expect(await world.done(secretsGet, { id }, ann!)).toMatchObject({ lastAccessedAt: at.toISOString(), version: 1 });
    expect(await logOf(id)).toHaveLength(5);
    const page = await world.done(secretsAccessLog, { id, limit: 2 }, ann!);
    expect((await world.done(secretsAccessLog, { id, limit: 200, cursor: page.nextCursor! }, ann!)).items).toHaveLength(3);
    expect((await world.refused(secretsAccessLog, { id, cursor: Buffer.from('["x"]').toString('base64url') }, ann!)).slug).toBe('cursor-invalid');
  });

  test('it is in the log also when what it was used for fails and is undone', async () => {
    const secret = await world.store(ann!, { value: 'cmVmdXNlZC1rZXk=' });
    const problem = await world.refused(cloudsCreate, nameServer(`secret://${secret.name}`), ann!);
    expect(problem.slug).toBe('credential-invalid');
    expect(JSON.stringify(problem)).not.toContain('cmVmdXNlZC1rZXk');
    expect(await logOf(secret.id)).toMatchObject([{ operation: 'clouds.create', result: 'success' }]);
  });
});

describe('a value that was tampered with', () => {
  test('platform 100: Given a ciphertext row copied to another tenant, id or name, when opened, then failure, alert and no plaintext', async () => {
    const one = await world.store(ann!, { value: 'the-value-of-one' });
    const bea = world.as({ name: 'bea', tenant: 'b' });
    const two = await world.store(ann!, { value: 'the-value-of-two' });
    const theirs = await world.store(bea, { name: one.name, value: 'what bea has stored' });
    const sealed = async (id: string) => (await world.root.query<{ sealed: string }>('select sealed from secret_versions where secret_id = $1', [id])).rows[0]!.sealed;
    const put = (id: string, text: string) => world.root.query('update secret_versions set sealed = $2 where secret_id = $1', [id, text]);
    const [ofOne, ofTwo] = [await sealed(one.id), await sealed(two.id)];
    const opened = (name: string, tenantId = world.tenants.a) =>
      world.databases.tenant({ tenantId }, (db) => world.references.resolve(db, { tenantId, actor: ann!.actor, operation: 'test', purpose: 'a test' }, [`secret://${name}`]));
    const fails = async (act: Promise<unknown>) => {
      const problem = await act.then((value) => expect.unreachable(JSON.stringify(value)), (error: unknown) => error as { slug: string; kind: { status: number } });
      expect([problem.slug, problem.kind.status]).toEqual(['secret-undecryptable', 500]);
      expect(JSON.stringify(problem)).not.toContain('the-value-of');
    };
    // Another secret.
    await put(two.id, ofOne);
    await fails(opened(two.name));
    await put(two.id, ofTwo);
    // Another tenant, with the same name.
    await put(theirs.id, ofOne);
    await fails(opened(one.name, world.tenants.b));
    // Another name.
    await world.root.query('update secrets set name = $2 where id = $1', [one.id, freshName('RENAMED')]);
    const [{ name }] = (await world.root.query<{ name: string }>('select name from secrets where id = $1', [one.id])).rows as [{ name: string }];
    await fails(opened(name));
    await world.root.query('update secrets set name = $2 where id = $1', [one.id, one.name]);
    // Another version, and one character.
    await world.root.query('update secret_versions set number = 7 where secret_id = $1', [one.id]);
    await world.root.query('update secrets set current_version = 7 where id = $1', [one.id]);
    await fails(opened(one.name));
    await world.root.query('update secret_versions set number = 1 where secret_id = $1', [one.id]);
    await world.root.query('update secrets set current_version = 1 where id = $1', [one.id]);
    // Not the last: bits of it may mean nothing.
    await put(one.id, `${ofOne.slice(0, -4)}${ofOne.at(-4) === 'A' ? 'B' : 'A'}${ofOne.slice(-3)}`);
    await fails(opened(one.name));
    await put(one.id, ofOne);
    expect(await opened(one.name)).toEqual(['the-value-of-one']);
    expect((await logOf(two.id))[0]).toMatchObject({ result: 'failed' });
    expect(world.faults.join('\n')).toContain('a stored secret does not open');
    expect(world.faults.join('\n')).not.toContain('the-value-of');
    for (const person of [ann!, bea]) {
      const raised = await eventually(async () => (await world.done(securityEventsList, { rule: 'secret-undecryptable' }, person)).items, (found) => found.length > 0);
      expect(raised).toMatchObject([{ severity: 'critical' }]);
    }
    world.faults.length = 0;
    expect(world.ops.filter((op) => op === 'undecryptable')).toHaveLength(5);
  }, 30_000); // prettier-ignore
});

describe('a rule that asks for an approval', () => {
  test('keeps the value in force back until somebody agrees, who never sees it', async () => {
    const rules = ruling(world, ann!, ben!);
    const set = await rules.enforce(
      setOf('secrets-staging', [`id: agreed\ntype: approval-required\nmatch: { operations: ["secrets.*"], risk: [write, high], environments: [staging] }\napproval: { scopeApprovers: true, count: 1 }`]),
    );
    const name = freshName();
    const change = await world.accepted(secretsCreate, { name, environment: 'staging', value: 'awaited-value' }, ann!);
    expect(change.state).toBe('awaiting_approval');
    const seen = await world.done(changesGet, { id: change.id }, ben!);
    expect(JSON.stringify(seen)).not.toContain('awaited-value');
    expect(seen.input).toMatchObject({ name, value: '••••••' });
    await expect(resolve([`secret://${name}`], { environment: 'staging' })).rejects.toMatchObject({ slug: 'secret-reference-missing' });
    await world.approve(change, ben!);
    const ended = await world.settled(change, ben!);
    expect([ended.state, ended.problem]).toEqual(['succeeded', null]);
    expect(JSON.stringify(ended)).not.toContain('awaited-value');
    expect(await resolve([`secret://${name}`], { environment: 'staging' })).toEqual(['awaited-value']);
    const { id } = ended.outcome as { id: string };
    const waiting = await world.accepted(secretsRotate, { id, generate: {} }, ann!);
    const overtaken = await world.accepted(secretsUpdate, { id, description: 'Other words' }, ann!);
    await world.approve(overtaken, ben!);
    expect((await world.settled(overtaken, ann!)).state).toBe('succeeded');
    await world.approve(waiting, ben!);
    expect((await world.settled(waiting, ann!)).state).toBe('stale');
    const rotation = await world.accepted(secretsRotate, { id, generate: {} }, ann!);
    await world.approve(rotation, ben!);
    const rotated = await world.settled(rotation, ann!);
    expect(rotated).toMatchObject({ state: 'succeeded', outcome: { currentVersion: 2, value: '••••••' } });
    expect(await world.store(ann!, { environment: 'dev' })).toMatchObject({ currentVersion: 1 });
    await rules.retire(set);
  }, 30_000); // prettier-ignore
});

describe('what is kept', () => {
  test('a deleted secret goes for good after 30 days, with its versions, unless everything is held', async () => {
    const { id } = await world.store(ann!);
    await world.gone(id, ann!, ben!);
    const { purgeAfter } = await world.done(secretsGet, { id }, ann!);
    expect(new Date(purgeAfter!).getTime() - at.getTime()).toBe(30 * DAY);
    const { purge } = await import('./purge.ts');
    const run = (held: boolean) =>
      world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
        purge({ db, tenantId: world.tenants.a, now: () => at, provider: () => ({ isHeld: async () => held }) } as never),
      );
    const left = async () => (await world.root.query('select 1 from secret_versions where secret_id = $1', [id])).rowCount;
    await run(false);
    expect(await left()).toBe(1);
    at = new Date(at.getTime() + 31 * DAY);
    await run(true);
    expect(await left()).toBe(1);
    await run(false);
    expect(await left()).toBe(0);
    expect((await world.refused(secretsGet, { id }, ann!)).slug).toBe('secret-not-found');
  });

  test('months of the access log are made ahead, and let go after 400 days', async () => {
    const { id, name } = await world.store(ann!);
    await resolve([`secret://${name}`]);
    expect(await logOf(id)).toHaveLength(1);
    await world.vault.upkeep();
    expect(await world.vault.upkeep()).toEqual({ made: [], dropped: [], removed: 0 });
    at = new Date(at.getTime() + 460 * DAY);
    const { made, dropped, removed } = await world.vault.upkeep();
    expect(made.length).toBeGreaterThan(10);
    expect(dropped.length).toBeGreaterThan(0);
    expect(removed).toBeGreaterThan(0);
    expect(await logOf(id)).toEqual([]);
    await resolve([`secret://${name}`]);
    expect(await logOf(id)).toHaveLength(1);
  });
});
