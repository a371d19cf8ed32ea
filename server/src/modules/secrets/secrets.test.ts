import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyOperation } from '#kernel/operation.ts';
import { auditList } from '#modules/audit/index.ts';
import { changesGet } from '#modules/governance/index.ts';
import type { Person } from '#test/world.ts';
import {
  secretsCreate, secretsDelete, secretsGet, secretsList, secretsRestore, secretsRollback, secretsRotate, secretsUpdate, secretsVersions,
} from './index.ts'; // prettier-ignore
import { LIMITS } from './rules.ts';
import { freshName, secretWorld, type SecretWorld } from './testing.ts';

/** Twenty characters that stand nowhere else, and of which no three in a row could be by chance. */
const CANARY = 'Z~q^7~W^x~9^V~k^3~Y^';
const parts = Array.from({ length: CANARY.length - 2 }, (_, at) => CANARY.slice(at, at + 3));

const DAY = 86_400_000;
let at = new Date();
let world: SecretWorld;
let [ann, ben, dev, bea]: Person[] = [];

beforeAll(async () => {
  world = await secretWorld({ now: () => at });
  ann = world.as({ name: 'ann' });
  ben = world.as({ name: 'ben' });
  dev = world.as({ name: 'dev', scope: { any: [{ environments: ['dev'] }] } });
  bea = world.as({ name: 'bea', tenant: 'b' });
});
afterAll(() => world.end());

const raced = async (...calls: Promise<unknown>[]) => {
  const ended = await Promise.allSettled(calls);
  return {
    good: ended.filter(({ status }) => status === 'fulfilled').length,
    slugs: ended.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { slug: string }).slug] : [])),
  };
};

describe('a stored secret', () => {
  test('platform 99: Given a stored secret, when any GET is called, then no answer contains the value; a 20-character value shows no characters at all', async () => {
    const passed = await world.call(secretsCreate, { name: freshName('CANARY'), value: CANARY, tags: { team: 'scarlet' } }, ann!);
    if (passed.status !== 'done') throw new Error(passed.status);
    const { id, name } = passed.output;
    expect(passed.output).not.toHaveProperty('value');
    await world.audit.flush();
    const reads = [...world.registry.operations.values()].filter(({ risk }) => risk === 'read');
    const answers: unknown[] = [passed];
    let done = 0;
    for (const operation of reads) {
      for (const input of [{ id }, {}, { id: passed.changeId }]) {
        const answer = await world.call(operation, input, ann!).catch((error: Error) => ({ refused: JSON.stringify(error), text: error.message }));
        if ('status' in answer) done += 1;
        answers.push(answer);
      }
    }
    expect(done).toBeGreaterThan(20);
    const text = JSON.stringify(answers);
    expect(text).toContain(name);
    expect(parts.filter((part) => text.includes(part))).toEqual([]);
  }); // prettier-ignore

  test('is nowhere in the database but sealed', async () => {
    const { id } = await world.store(ann!, { value: CANARY });
    await world.done(secretsRotate, { id, value: `${CANARY}2` }, ann!);
    await world.refused(secretsUpdate, { id, value: `${CANARY}\n` }, ann!);
    await world.call(secretsUpdate, { id, value: `${CANARY}3` }, ann!, { dryRun: true, comment: 'a try' });
    await world.call(secretsUpdate, { id, value: `${CANARY}4` }, ann!, { draft: true });
    await world.audit.flush();
    const { rows } = await world.root.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'pgboss')`,
    );
    let found = '';
    for (const { name } of rows) {
      const { rows: texts } = await world.root.query(`select t.*::text as row from ${name} t`);
      found += JSON.stringify(texts);
    }
    expect(found).toContain(id);
    expect(parts.filter((part) => found.includes(JSON.stringify(part).slice(1, -1)))).toEqual([]);
  }); // prettier-ignore

  test('a plan, a Change and its outcome tell that there is a value, and never which', async () => {
    const planned = await world.call(secretsCreate, { name: freshName(), value: CANARY }, ann!, { dryRun: true });
    const fields = [
      { path: 'value', before: null, after: 'version 1' },
      { path: 'type', after: 'secret' },
    ];
    expect(planned).toMatchObject({ status: 'planned', plan: { changes: [{ fields: expect.arrayContaining(fields.map((field) => expect.objectContaining(field))) }] } }); // prettier-ignore
    const passed = await world.call(secretsCreate, { name: freshName(), value: CANARY }, ann!);
    const change = await world.done(changesGet, { id: (passed as { changeId: string }).changeId }, ann!);
    expect(change.input).toMatchObject({ value: '••••••' });
    expect(JSON.stringify([planned, change])).not.toContain(CANARY.slice(0, 3));
  });

  test('a value that was generated is in the answer once, and not when the call is repeated', async () => {
    const wish = { name: freshName(), generate: { length: 40, alphabet: 'hex' } };
    const first = await world.call(secretsCreate, wish, ann!, { idempotencyKey: 'generated-once' });
    if (first.status !== 'done') throw new Error(first.status);
    expect(first.output.value).toMatch(/^[0-9a-f]{40}$/);
    const again = await world.call(secretsCreate, wish, ann!, { idempotencyKey: 'generated-once' });
    expect(again).toMatchObject({ status: 'done', replayed: true, output: { id: first.output.id, value: '••••••' } });
    const change = await world.done(changesGet, { id: first.changeId! }, ann!);
    expect(JSON.stringify(change)).not.toContain(first.output.value);
    const next = await world.done(secretsRotate, { id: first.output.id, generate: {} }, ann!);
    expect(next.value).toMatch(/^[A-Za-z0-9]{32}$/);
    expect((await world.done(secretsVersions, { id: next.id }, ann!)).items).toMatchObject([{ number: 2, generated: true, bytes: 32 }, { number: 1, generated: true, bytes: 40 }]); // prettier-ignore
  });

  test('names, places and values that do not fit are refused before anything is stored, without a word of the value', async () => {
    const refused = async (more: object) => world.refused(secretsCreate, { name: freshName(), value: CANARY, ...more }, ann!);
    const slugs = async (...names: string[]) => Promise.all(names.map(async (name) => (await refused({ name })).slug));
    expect(await slugs('lower', 'AB', '1ABC')).toEqual(Array.from({ length: 3 }, () => 'secret-name-invalid'));
    expect(await slugs('NODE_ENV', 'SWITCHYARD_X')).toEqual(['secret-name-reserved', 'secret-name-reserved']);
    for (const [more, pointer] of [
      [{ scope: 'project' }, '/project'],
      [{ project: 'shop' }, '/project'],
      [{ type: 'number' }, '/value'],
      [{ type: 'json' }, '/value'],
      [{ type: 'url' }, '/value'],
      [{ value: `${CANARY}\n` }, '/value'],
      [{ value: undefined }, '/value'],
      [{ generate: {} }, '/generate'],
      [{ value: undefined, type: 'url', generate: {} }, '/generate'],
      [{ value: 'é'.repeat(32_769), type: 'multiline' }, '/value'],
    ] as const) {
      const problem = await refused(more);
      expect([more, problem.slug, problem.extras.errors?.[0]?.pointer]).toEqual([more, 'validation-failed', pointer]);
      expect(JSON.stringify(problem)).not.toContain(CANARY.slice(0, 3));
    }
  });

  test('a name is taken in its place only, and deleting the secret frees it', async () => {
    const name = freshName();
    const first = await world.store(ann!, { name });
    expect((await world.refused(secretsCreate, { name, value: 'x' }, ann!)).slug).toBe('name-taken');
    for (const place of [{ environment: 'dev' }, { scope: 'project', project: 'shop' }, { scope: 'project', project: 'shop', environment: 'dev' }])
      await world.store(ann!, { name, ...place });
    await world.store(bea!, { name });
    await world.gone(first.id, ann!, ben!);
    const second = await world.store(ann!, { name });
    expect((await world.refused(secretsRestore, { id: first.id }, ann!)).slug).toBe('name-taken');
    await world.gone(second.id, ann!, ben!);
    expect(await world.done(secretsRestore, { id: first.id }, ann!)).toMatchObject({ deletedAt: null, state: 'active', currentVersion: 1 });
    expect((await world.refused(secretsRestore, { id: first.id }, ann!)).slug).toBe('invalid-transition');
  });

  test('an edit names the version that it was made on, and a value makes a new one', async () => {
    const { id, version } = await world.store(ann!, { rotateEvery: 30 });
    at = new Date(at.getTime() + DAY);
    const about = await world.done(secretsUpdate, { id, description: 'For the till', tags: { team: 'shop' } }, ann!, { ifMatch: `"${version}"` });
    expect(about).toMatchObject({ currentVersion: 1, version: version + 1, description: 'For the till', tags: { team: 'shop' } });
    const stale = await world.refused(secretsUpdate, { id, value: 'another' }, ann!, { ifMatch: `"${version}"` });
    expect([stale.slug, stale.kind.status]).toEqual(['version-conflict', 412]);
    const valued = await world.done(secretsUpdate, { id, value: 'another' }, ann!);
    expect(valued).toMatchObject({ currentVersion: 2, rotatedAt: at.toISOString(), rotateDueAt: new Date(at.getTime() + 30 * DAY).toISOString() });
    expect((await world.refused(secretsUpdate, { id, type: 'number' }, ann!)).extras.errors?.[0]?.pointer).toBe('/type');
    expect(await world.done(secretsUpdate, { id, type: 'number', value: '42' }, ann!)).toMatchObject({ type: 'number', currentVersion: 3 });
    // Version 1 is no number.
    expect((await world.refused(secretsRollback, { id, version: 1 }, ann!)).slug).toBe('validation-failed');
  });

  test('how many may use it at once is said, shown and changed, and is told of what a name stands for where it is used', async () => {
    const { id, name } = await world.store(ann!, { value: 'of all', maxInFlight: 2 });
    await world.store(ann!, { name, value: 'of staging', environment: 'staging' });
    const limits = (environment: string | null, names = [name, 'NOT_THERE']) =>
      world.databases.tenant({ tenantId: world.tenants.a }, (db) => world.references.limits(db, { tenantId: world.tenants.a, environment }, names));
    expect((await world.done(secretsGet, { id }, ann!)).maxInFlight).toBe(2);
    expect([await limits('dev'), await limits('staging')]).toEqual([[{ id, most: 2 }], []]);
    expect((await world.refused(secretsUpdate, { id, maxInFlight: 0 }, ann!)).slug).toBe('validation-failed');
    expect((await world.done(secretsUpdate, { id, maxInFlight: null }, ann!)).maxInFlight).toBeNull();
    expect(await limits(null)).toEqual([]);
  });

  test('twenty versions are kept, and an earlier one comes into force again as a new one', async () => {
    const { id } = await world.store(ann!, { value: 'value-1' });
    for (let n = 2; n <= LIMITS.versions + 2; n++) await world.done(secretsRotate, { id, value: `value-${n}` }, ann!);
    const { items } = await world.done(secretsVersions, { id }, ann!);
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: LIMITS.versions }, (_, n) => LIMITS.versions + 2 - n));
    expect((await world.refused(secretsRollback, { id, version: 2 }, ann!)).slug).toBe('secret-version-not-found');
    expect((await world.refused(secretsRollback, { id, version: 22 }, ann!)).slug).toBe('invalid-transition');
    expect(await world.done(secretsRollback, { id, version: 5 }, ann!)).toMatchObject({ currentVersion: 23 });
    expect((await world.done(secretsVersions, { id, limit: 1 }, ann!)).items).toMatchObject([{ number: 23, current: true, restoredFrom: 5 }]);
  });

  test('rotation takes the expiry of the old value off, unless one is given for the new', async () => {
    const soon = new Date(at.getTime() + 3 * DAY).toISOString();
    const { id } = await world.store(ann!, { expiresAt: soon });
    expect((await world.done(secretsList, { expiring: 5, limit: 200 }, ann!)).items.map((one) => one.id)).toContain(id);
    expect((await world.done(secretsList, { expiring: 2, limit: 200 }, ann!)).items.map((one) => one.id)).not.toContain(id);
    expect(await world.done(secretsGet, { id }, ann!)).toMatchObject({ state: 'expiring', expiresAt: soon });
    expect(await world.done(secretsRotate, { id, value: 'new' }, ann!)).toMatchObject({ state: 'active', expiresAt: null });
  });
});

describe('of two at once', () => {
  test('one gets the name, and both never lose a version', async () => {
    const name = freshName();
    const both = await raced(world.store(ann!, { name }), world.store(ann!, { name }));
    expect(both).toEqual({ good: 1, slugs: ['name-taken'] });
    const { id } = await world.store(ann!);
    const rotated = await Promise.all(Array.from({ length: 4 }, (_, n) => world.done(secretsRotate, { id, value: `v${n}` }, ann!).catch((error: unknown) => error)));
    const numbers = (await world.done(secretsVersions, { id }, ann!)).items.map(({ number }) => number);
    const good = rotated.filter((one) => !(one instanceof Error)).length;
    expect(numbers).toEqual(Array.from({ length: good + 1 }, (_, n) => good + 1 - n));
  }); // prettier-ignore

  test('who deletes and who restores end in one of the two states, and the name stays unique', async () => {
    const { id, name } = await world.store(ann!);
    const changes = await Promise.all([1, 2].map(() => world.accepted(secretsDelete, { id }, ann!)));
    await Promise.all(changes.map((change) => world.approve(change, ben!)));
    const states = (await Promise.all(changes.map((change) => world.settled(change, ann!)))).map(({ state }) => state);
    expect(states.filter((state) => state === 'succeeded')).toHaveLength(1);
    const { good, slugs } = await raced(world.done(secretsRestore, { id }, ann!), world.store(ann!, { name }));
    expect([good, slugs]).toEqual([1, ['name-taken']]);
  });

  test('the last place is given once', async () => {
    const chris = world.as({ name: 'chris', tenant: 'b' });
    const [{ n }] = (await world.root.query<{ n: number }>('select count(*)::int as n from secrets where tenant_id = $1 and deleted_at is null', [world.tenants.b])).rows as [{ n: number }];
    await world.root.query(
      `insert into secrets (tenant_id, id, kind, name, scope, type, description, tags, current_version, rotated_at, created_by, created_by_name)
       select $1, gen_random_uuid(), 'secret', 'FULL_' || n, 'workspace', 'secret', '', '{}', 1, now(), 'x', 'x' from generate_series(1, $2::int) n`,
      [world.tenants.b, LIMITS.perTenant - n - 1],
    );
    expect(await raced(...Array.from({ length: 3 }, () => world.store(chris)))).toEqual({ good: 1, slugs: ['secret-limit', 'secret-limit'] });
    await world.root.query(`delete from secrets where tenant_id = $1 and name like 'FULL_%'`, [world.tenants.b]);
  }); // prettier-ignore
});

describe('who may', () => {
  test('a grant over one environment lists, reads and writes there alone', async () => {
    const name = freshName('SCOPED');
    const mine = await world.store(dev!, { name, environment: 'dev' });
    const other = await world.store(ann!, { name, environment: 'staging' });
    await world.store(ann!, { name });
    expect((await world.done(secretsList, { name }, dev!)).items.map(({ id }) => id)).toEqual([mine.id]);
    expect((await world.done(secretsList, { name }, ann!)).items).toHaveLength(3);
    for (const operation of [secretsGet, secretsVersions, secretsDelete])
      expect((await world.refused(operation, { id: other.id }, dev!)).slug).toBe('scope-denied');
    expect((await world.refused(secretsCreate, { name: freshName(), value: 'x', environment: 'staging' }, dev!)).slug).toBe('scope-denied');
  });

  test('nobody takes a secret out of somebody’s reach, or into their own, by its tags', async () => {
    const red = world.as({ name: 'red', scope: { any: [{ labels: { team: 'crimson' } }] } });
    const { id } = await world.store(red, { tags: { team: 'crimson' } });
    expect((await world.refused(secretsUpdate, { id, tags: { team: 'blue' } }, red)).slug).toBe('scope-denied');
    expect((await world.done(secretsList, { tag: 'team=crimson' }, red)).items.map((one) => one.id)).toEqual([id]);
    expect((await world.done(secretsList, { tag: 'team', limit: 200 }, ann!)).items.length).toBeGreaterThan(0);
  });

  test('another tenant is told that there is no such secret, whatever it asks', async () => {
    const { id } = await world.store(ann!);
    for (const [operation, more] of [
      [secretsGet, {}], [secretsUpdate, { value: 'x' }], [secretsRotate, { value: 'x' }], [secretsRollback, { version: 1 }], [secretsDelete, {}], [secretsRestore, {}], [secretsVersions, {}],
    ] as const) expect([operation.name, (await world.refused(operation, { id, ...more }, bea!)).slug]).toEqual([operation.name, 'secret-not-found']);
  }); // prettier-ignore

  test('what takes a value is not offered to agents or workflows, and each write is audited', async () => {
    const { id, name } = await world.store(ann!);
    for (const [operation, input] of [[secretsCreate, { name: freshName(), value: 'x' }], [secretsUpdate, { id, value: 'x' }], [secretsRotate, { id, value: 'x' }]] as const)
      for (const surface of ['mcp', 'workflow'] as const)
        await expect(world.call(operation as AnyOperation, input, ann!, {}, surface)).rejects.toMatchObject({ slug: 'not-found' });
    expect(await world.call(secretsGet, { id }, ann!, {}, 'mcp')).toMatchObject({ output: { name } });
    await world.audit.flush();
    const { items } = await world.done(auditList, { limit: 200, operation: 'secrets.create' }, ann!);
    expect(items.find(({ targets }) => targets.some((target) => target.name === name))).toMatchObject({ result: 'success', actor: { name: 'ann' } });
  }); // prettier-ignore
});
