import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Operation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import type { Scope } from '#kernel/scope.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampsBurn, lampsGet, lampServer, lampsName } from '#test/lamps.ts';
import { accessExplain, accessWhoCan } from './index.ts';

let company: Company;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());

/** A small generator with a seed, so that a failure can be run again. */
function random(seed: number) {
  let state = seed;
  const next = (): number => ((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648), state / 2_147_483_648);
  return {
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!,
    below: (limit: number): number => Math.floor(next() * limit),
  };
}
const SCOPES: readonly Scope[] = [
  { all: true }, { any: [] }, { any: [{ type: 'lamp' }] }, { any: [{ type: 'door' }] }, { any: [{ environments: ['lab'] }] }, { any: [{ type: 'lamp', ids: ['one', 'two'] }] },
  { any: [{ ids: ['one'], environments: ['prod'] }, { ids: ['three'] }] },
]; // prettier-ignore
const PATTERNS = [['*'], ['*:read'], ['lamps:*'], ['lamps:name', 'lamps:read'], ['lamps:burn'], ['users:*'], []];

/** Groups that random Scopes name: two lamps, and what the laboratory has. */
const [PAIR, LAB] = [newId(), newId()];
const GROUP_SCOPES: readonly Scope[] = [
  { any: [{ groups: [PAIR] }] }, { any: [{ groups: [LAB], type: 'lamp' }] }, { any: [{ groups: [PAIR, LAB], environments: ['prod'] }] }, { any: [{ groups: [newId()] }] },
]; // prettier-ignore

async function setGrants(personId: string, { pick, below }: ReturnType<typeof random>): Promise<void> {
  await company.sql('delete from grants where tenant_id = $1 and subject_id = $2', [acme, personId]);
  for (let index = below(4); index > 0; index -= 1) {
    const roleId = newId();
    await company.sql(`insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, $2, $3, 'x', 50, $4, $5)`, [
      acme,
      roleId,
      `r_${roleId.replaceAll('-', '')}`,
      pick(PATTERNS),
      pick(['read', 'write', 'high']),
    ]);
    const until = pick([null, null, null, new Date(company.clock.at.getTime() - 1000)]);
    await company.sql(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, valid_until, reason) values ($1, $2, $3, $4, $5, $6, $7, 'random')`, [
      acme, newId(), personId, roleId, pick([...SCOPES, ...GROUP_SCOPES]), new Date(company.clock.at.getTime() - 86_400_000), until,
    ]); // prettier-ignore
  }
  await company.sql('delete from denies where tenant_id = $1 and subject_id = $2', [acme, personId]);
  if (below(4) === 0)
    await company.sql(`insert into denies (tenant_id, id, subject_id, patterns, valid_until, reason, denied_by) values ($1, $2, $3, $4, $5, 'random', $3)`, [
      acme, newId(), personId, pick([['lamps:*'], ['*:read'], ['lamps:burn'], ['users:read']]), pick([null, null, new Date(company.clock.at.getTime() - 1000)]),
    ]); // prettier-ignore
  company.clock.pass(31_000);
}

describe('explaining', () => {
  test('governance 28: Given access/explain, when asked, then the missing permission or Scope is named and equals the real Gate result for 1 000 random cases', async () => {
    const vera = await company.idOf('vera');
    const dice = random(7);
    await company.databases.tenant({ tenantId: acme }, async (db) => {
      const make = (id: string, name: string, members: string, selector: string | null) => db.$client.query('insert into resource_groups (tenant_id, id, name, members, selector) values ($1, $2, $3, $4, $5)', [acme, id, name, members, selector]); // prettier-ignore
      await make(PAIR, 'Pair', '[{"type":"lamp","id":"one"},{"type":"lamp","id":"two"}]', null);
      await make(LAB, 'Laboratory', '[]', '{"environments":["lab"]}');
    });
    const seen = new Map<string, number>();
    for (let round = 0; round < 40; round += 1) {
      await setGrants(vera, dice);
      for (let question = 0; question < 25; question += 1) {
        const id = dice.pick(['one', 'two', 'three']);
        const environment = dice.pick([undefined, 'lab', 'prod']);
        const [operation, input, target] = dice.pick<[Operation, object, object]>([
          [lampsGet, { id }, { type: 'lamp', id }],
          [lampsName, { name: id, environment }, { type: 'lamp', id, environment }],
          [lampsBurn, { name: id, environment }, { type: 'lamp', id, environment }],
        ]);
        const real = await company.call(operation, input, company.key('vera'), { envelope: { dryRun: true } }).then(() => null, (problem: { slug: string }) => problem.slug); // prettier-ignore
        const told = await company.done(accessExplain, { subjectId: vera, operation: operation.name, targets: [target] }, company.key('olivia'));
        const expected = {
          deny: 'permission-denied',
          permission: 'permission-denied',
          risk: 'permission-denied',
          scope: 'scope-denied',
          token: 'insufficient-token-scope',
        };
        expect(told.stage === null ? null : expected[told.stage], JSON.stringify({ round, question, told })).toBe(real);
        expect(told.allowed).toBe(real === null);
        expect(told.steps.at(-1)?.passed).toBe(told.allowed);
        if (!told.allowed) expect(told.nearest).not.toBeNull();
        seen.set(told.stage ?? 'allowed', (seen.get(told.stage ?? 'allowed') ?? 0) + 1);
      }
    }
    expect([...seen.values()].reduce((sum, count) => sum + count)).toBe(1000);
    expect([...seen.keys()].sort()).toEqual(['allowed', 'deny', 'permission', 'risk', 'scope']);
  }, 180_000);

  test('names what comes nearest: a role, a Scope, or a key', async () => {
    const ask = (subject: string, operation: string, targets: object[] = [], as = 'olivia') =>
      company.idOf(subject).then((subjectId) => company.done(accessExplain, { subjectId, operation, targets }, company.key(as)));
    expect(await ask('dana', 'lamps.burn')).toMatchObject({
      allowed: false,
      stage: 'permission',
      nearest: { missing: 'role', roles: expect.arrayContaining(['admin', 'owner']) },
    });
    expect(await ask('olivia', 'lamps.burn', [{ type: 'lamp', id: 'one' }])).toMatchObject({
      allowed: true,
      grantId: expect.any(String),
      nearest: null,
      steps: [{ stage: 'deny' }, { stage: 'token' }, { stage: 'permission' }, { stage: 'risk' }, { stage: 'scope' }],
    });
    const vera = await company.idOf('vera');
    await company.sql('delete from grants where tenant_id = $1 and subject_id = $2', [acme, vera]);
    await company.sql(
      `insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) select tenant_id, gen_random_uuid(), $2, id, '{"any":[{"ids":["one"]}]}', $3, 'x' from roles where tenant_id = $1 and key = 'admin'`,
      [acme, vera, company.clock.at],
    );
    expect(
      await ask('vera', 'lamps.name', [
        { type: 'lamp', id: 'one' },
        { type: 'lamp', id: 'two' },
      ]),
    ).toMatchObject({ stage: 'scope', nearest: { missing: 'scope', targets: [{ type: 'lamp', id: 'two' }] } });
    expect(await ask('vera', 'auth.me')).toMatchObject({ allowed: true });
  });

  test('of a person of another tenant is not found; without the permission it is refused', async () => {
    const gustav = await company.idOf('gustav');
    expect(await company.slugOf(accessExplain, { subjectId: gustav, operation: 'lamps.get' }, company.key('olivia'))).toBe('not-found');
    await company.sql('delete from grants where tenant_id = $1 and subject_id = $2', [acme, await company.idOf('vera')]);
    company.clock.pass(31_000);
    expect(await company.slugOf(accessExplain, { operation: 'lamps.get' }, company.key('vera'))).toBe('permission-denied');
    expect(await company.slugOf(accessWhoCan, { operation: 'lamps.get' }, company.key('vera'))).toBe('permission-denied');
  });
});

describe('who can', () => {
  const who = async (input: object, as = 'olivia') =>
    (await company.done(accessWhoCan, input, company.key(as))).items.map(({ email }) => email.slice(0, email.indexOf('@'))).sort();

  test('lists active people of this tenant whom one grant allows it, with the grant', async () => {
    expect(await who({ operation: 'changes.approve' })).toEqual(['adam', 'olivia', 'priya']);
    expect(await who({ operation: 'changes.approve' }, 'gustav')).toEqual(['gustav', 'priya']);
    expect(await who({ operation: 'lamps.burn' })).toEqual(['adam', 'olivia']);
    await company.sql(`update members set status = 'suspended' where tenant_id = $1 and id = $2`, [acme, await company.idOf('adam')]);
    expect(await who({ operation: 'lamps.burn' })).toEqual(['olivia']);
    await company.sql(`update members set status = 'active' where tenant_id = $1`, [acme]);
  });

  test('counts the Scope when a target is given', async () => {
    await company.sql(`update grants set scope = '{"any":[{"environments":["lab"]}]}' where tenant_id = $1 and subject_id = $2`, [
      acme,
      await company.idOf('adam'),
    ]);
    expect(await who({ operation: 'lamps.burn', targetType: 'lamp', targetId: 'one', environment: 'prod' })).toEqual(['olivia']);
    expect(await who({ operation: 'lamps.burn', targetType: 'lamp', targetId: 'one', environment: 'lab' })).toEqual(['adam', 'olivia']);
    await company.sql(`update grants set scope = '{"all":true}' where tenant_id = $1 and subject_id = $2`, [acme, await company.idOf('adam')]);
  });

  test('comes in pages', async () => {
    const first = await company.done(accessWhoCan, { operation: 'changes.approve', limit: 2 }, company.key('olivia'));
    const second = await company.done(accessWhoCan, { operation: 'changes.approve', limit: 2, cursor: first.nextCursor! }, company.key('olivia'));
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  });

  test('an operation that needs no permission, or none at all, has no such list', async () => {
    expect(await company.slugOf(accessWhoCan, { operation: 'auth.me' }, company.key('olivia'))).toBe('validation-failed');
    expect(await company.slugOf(accessWhoCan, { operation: 'no.such' }, company.key('olivia'))).toBe('not-found');
    expect(await company.slugOf(accessWhoCan, { operation: 'lamps.get', cursor: 'x' }, company.key('olivia'))).toBe('cursor-invalid');
  });

  test('deciding on a Change is open to those whose grant covers its targets', async () => {
    const found = await company.databases.tenant({ tenantId: acme }, (db) =>
      company.iam.holders(db, acme, 'approvals:decide', [{ type: 'lamp', id: 'one' }]),
    );
    expect(found.map(({ name }) => name).sort()).toEqual(['Adam Ito', 'Olivia Owens', 'Priya Raman']);
    expect(await company.databases.tenant({ tenantId: acme }, (db) => company.iam.holders(db, acme, 'no:such', []))).toEqual([
      { id: await company.idOf('olivia'), name: 'Olivia Owens' },
    ]);
  });
});
