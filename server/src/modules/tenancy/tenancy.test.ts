import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { membersGet, membersList, tenantsGet, tenantsList } from './index.ts';
import { SLUG, slugFault } from './rules.ts';
import { activeTenantIds, createTenant, joinTenant } from './tenants.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());

const owner = async () => ({ id: await company.idOf('olivia'), email: 'olivia@acme.example', name: 'Olivia Owens' });
const found = async (slug: string) => {
  const person = await owner();
  return company.databases.platform('test', (db) => createTenant(db, { slug, name: 'Another one' }, person, company.iam.provision, company.clock.at));
};
const slugOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore

describe('slugs', () => {
  test.each(['acme', 'a1b', 'x'.repeat(50), 'one-two-three'])('%s can be used', (slug) => expect(slugFault(slug)).toBeUndefined());
  test.each([
    '',
    'ab',
    'x'.repeat(51),
    'Acme',
    '-acme',
    'acme-',
    'ac me',
    'ac_me',
    'acme\n',
    'äcme',
    'xn--acme',
    'a--b',
    'api',
    'admin',
    'switchyard',
    'well-known',
  ])('%j cannot', (slug) => expect(slugFault(slug)).toBeDefined());
  test('whatever can be used is safe in a host name', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{1,52}$/), (slug) => {
        if (slugFault(slug) === undefined) expect(slug).toMatch(SLUG);
      }),
    ));
});

describe('a new tenant', () => {
  test('two at once with one slug: one is made', async () => {
    const outcomes = await Promise.all([slugOf(found('race')), slugOf(found('race'))]);
    expect(outcomes.sort()).toEqual(['done', 'slug-taken']);
  });

  test('a fault half way leaves nothing behind', async () => {
    const broken = company.databases.platform('test', async (db) =>
      createTenant(db, { slug: 'half', name: 'Half' }, await owner(), () => Promise.reject(new Error('no roles')), company.clock.at),
    );
    await expect(broken).rejects.toThrow('no roles');
    expect(await company.sql(`select 1 as one from tenants where slug = 'half'`)).toEqual([]);
  });
});

describe('tenants', () => {
  test('one sees those one is a member of, and with a key the key’s only', async () => {
    const { token } = await company.signIn('priya');
    expect((await company.done(tenantsList, {}, bearer(token!))).items.map(({ slug }) => slug)).toEqual(['acme', 'globex']);
    expect((await company.done(tenantsList, {}, company.key('priya'))).items.map(({ slug }) => slug)).toEqual(['acme']);
  });
  test('the tenant one is in can be shown, another one or none is not found', async () => {
    const all = await company.sql<{ id: string; slug: string }>('select id, slug from tenants');
    const id = (slug: string) => all.find((tenant) => tenant.slug === slug)!.id;
    expect(await company.done(tenantsGet, { id: id('acme') }, company.key('olivia'))).toMatchObject({
      slug: 'acme',
      name: 'Acme Networks',
      status: 'active',
    });
    for (const other of [id('globex'), crypto.randomUUID()])
      expect(await company.slugOf(tenantsGet, { id: other }, company.key('olivia'))).toBe('tenant-not-found');
  });
});

describe('people of a tenant', () => {
  const list = (input: object = {}, name = 'olivia') => company.done(membersList, input, company.key(name));

  test('are listed by name with their roles, and nobody of another tenant is among them', async () => {
    const { items } = await list();
    expect(items.map(({ name, roles }) => [name, ...roles.map(({ key }) => key)])).toEqual([
      ['Adam Ito', 'admin'], ['Aldo Conti', 'auditor'], ['Dana Novak', 'developer'], ['Olivia Owens', 'owner'], ['Priya Raman', 'approver'], ['Vera Lind', 'viewer'],
    ]); // prettier-ignore
    expect((await list({}, 'gustav')).items.map(({ name }) => name)).toEqual(['Gustav Berg', 'Priya Raman']);
  });

  test('are found by a part of name or address, where % and _ mean themselves', async () => {
    expect((await list({ search: 'nov' })).items.map(({ name }) => name)).toEqual(['Dana Novak']);
    expect((await list({ search: 'VERA@' })).items.map(({ name }) => name)).toEqual(['Vera Lind']);
    for (const q of ['%', '_', '\\', "'"]) expect((await list({ search: q })).items).toEqual([]);
    expect((await list({ status: 'suspended' })).items).toEqual([]);
  });

  test('come in pages that miss nobody and repeat nobody, also when names are equal', async () => {
    const [acme] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
    await company.databases.platform('test', async (db) => {
      for (let index = 0; index < 7; index += 1) {
        const id = crypto.randomUUID();
        await db.$client.query('insert into auth.users (id, email, name) values ($1, $2, $3)', [id, `twin-${index}@acme.example`, 'Twin']);
        await joinTenant(db, acme!.id, { id, email: `twin-${index}@acme.example`, name: 'Twin' }, company.clock.at);
        await joinTenant(db, acme!.id, { id, email: `twin-${index}@acme.example`, name: 'Twin' }, company.clock.at);
      }
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { items: { id: string }[]; nextCursor: string | null } = await list({ limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(13);
    expect(new Set(seen).size).toBe(13);
  });

  test('a cursor of another list or by another hand is refused', async () => {
    for (const values of [['a'], ['a', 'b'], [1, 2], 'x']) {
      expect(await company.slugOf(membersList, { cursor: Buffer.from(JSON.stringify(values)).toString('base64url') }, company.key('olivia'))).toBe(
        'cursor-invalid',
      );
    }
  });

  test('governance 27: Given tenant A’s admin, when calling B’s user id, then 404', async () => {
    expect(await company.done(membersGet, { userId: await company.idOf('dana') }, company.key('adam'))).toMatchObject({
      name: 'Dana Novak',
      roles: [{ key: 'developer' }],
    });
    for (const id of [await company.idOf('gustav'), crypto.randomUUID()])
      expect(await company.slugOf(membersGet, { userId: id }, company.key('adam'))).toBe('not-found');
    expect(await company.slugOf(membersGet, { userId: 'no-id' }, company.key('adam'))).toBe('validation-failed');
  });

  test('without the permission nobody is shown', async () => {
    for (const [operation, input] of [
      [membersList, {}],
      [membersGet, { userId: crypto.randomUUID() }],
      [tenantsGet, { id: (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id }],
    ] as const) {
      expect(await company.slugOf(operation, input, company.key('vera'))).toBe('permission-denied');
    }
  });
});

test('no query of a tenant can read a person, a session, a key or a membership', async () => {
  const tenantId = (await activeTenantIds(company.databases))[0]!;
  for (const table of ['users', 'sessions', 'api_keys', 'login_attempts', 'memberships']) {
    await expect(company.databases.tenant({ tenantId }, (db) => db.$client.query(`select * from auth.${table}`))).rejects.toThrow(
      /permission denied/,
    );
  }
});
