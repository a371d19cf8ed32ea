import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '#kernel/config.ts';
import { authMe } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { createUsersCli, json, PASSWORD, type UsersCli } from '#test/users-cli.ts';
import { create } from './accounts.ts';
import { readCreation, readOptions } from './options.ts';

let company: Company;
let cli: UsersCli;
beforeAll(async () => {
  company = await createCompany();
  cli = createUsersCli(company);
});
afterAll(async () => {
  cli.close();
  await company.close();
});
beforeEach(() => company.sql('delete from auth.login_attempts'));

const real = (args: readonly string[], password = PASSWORD) =>
  cli.process(['create', '--tenant', 'acme', '--password-stdin', '--json', ...args], `${password}\n`);
const PROCESSES = 180_000;

describe('creating', () => {
  test('an account signs in by its username, in any case, and through nothing else', async () => {
    const made = await cli.create('Anna.Ops', ...'--asn 64512 --asn AS3320 --asn 3320 --network a1b2c3 --fabric A1B2C3'.split(' '), '--full-name', 'Anna Ops'); // prettier-ignore
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(json(made)).toEqual({ username: 'anna.ops', userId: expect.any(String), asns: 2, fabrics: 1, admin: false });
    const signed = await cli.login('  ANNA.ops ');
    expect(signed).toMatchObject({ status: 'signed-in', user: { name: 'Anna Ops' }, tenant: { slug: 'acme' } });
    expect(await company.done(authMe, {}, bearer(signed.token)), 'nothing was granted').toMatchObject({ roles: [], permissions: [] });
    expect(await cli.associations('anna.ops')).toEqual({ asns: [3_320, 64_512], fabrics: ['a1b2c3'] });
  });

  test('exchange 12: CLI create with an unknown Fabric leaves no User, credential, right or grant; exit code 2', { timeout: PROCESSES }, async () => {
    const before = await cli.counts();
    expect(await real(['--username', 'peter', '--asn', '3320', '--fabric', 'a1b2c3', '--fabric', 'nosuch'])).toMatchObject({ code: 2, out: '' });
    for (const more of ['--network nosuch --asn 3320', '--asn 0', '--asn 4294967296', '--asn 64496', '--email nobody', '--admin --no-admin'])
      expect(await cli.create('peter', ...more.split(' ')), more).toMatchObject({ code: 2, out: '' });
    expect(await cli.counts()).toEqual(before);
  });

  test('without an entry in the audit trail nothing is made', async () => {
    const before = await cli.counts();
    const mute = {
      ...company,
      audit: { ...company.audit, steps: { ...company.audit.steps, write: () => Promise.reject(new Error('the disk is full')) } },
    };
    const opened = { core: mute, iam: company.iam, config: {} as Config };
    await expect(
      create(opened, readCreation(readOptions('create', ['--tenant', 'acme', '--username', 'quiet', '--admin'])), PASSWORD),
    ).rejects.toThrow('disk is full');
    expect(await cli.counts()).toEqual(before);
  });

  test('a password that is short, common or like the name leaves nothing behind either; exit code 2', async () => {
    const before = await cli.counts();
    for (const password of ['short', 'password1234', 'peter.peering1'])
      expect(
        await cli.users(['create', '--tenant', 'acme', '--username', 'peter.peering', '--asn', '3320', '--password-stdin'], `${password}\n`),
        password,
      ).toMatchObject({ code: 2, out: '' });
    expect(await cli.counts()).toEqual(before);
  });

  test('exchange 13: CLI create of an existing username exits 3 and changes nothing, also not `enabled`', { timeout: PROCESSES }, async () => {
    await cli.create('zoe');
    await cli.users(['update', '--tenant', 'acme', '--username', 'zoe', '--disable']);
    const before = [await cli.counts(), await cli.associations('zoe')];
    const again = await real(['--username', 'ZOE', '--asn', '3320', '--all-fabrics', '--admin'], 'another password here');
    expect(again).toMatchObject({ code: 3, out: '' });
    expect([await cli.counts(), await cli.associations('zoe')]).toEqual(before);
    expect((await cli.refusal('zoe', PASSWORD)).slug, 'still disabled, still the old password').toBe('credential-disabled');
  });

  test('exchange 14: CLI `--password-stdin` and `--admin`: login works, grant is `*`, output has no secret', { timeout: PROCESSES }, async () => {
    const made = await real(['--username', 'root.admin', '--admin']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(json(made)).toMatchObject({ fabrics: '*', asns: 0, admin: true });
    expect(`${made.out}${made.err}`).not.toMatch(/umbrella|argon2/);
    expect(await cli.associations('root.admin')).toEqual({ asns: [], fabrics: ['*'] });
    const signed = await cli.login('root.admin');
    expect(await company.done(authMe, {}, bearer(signed.token))).toMatchObject({ roles: [{ key: 'admin' }] });
  });

  test('exchange 4.4: an account without fabrics has none, and everything only where it is written down', async () => {
    await cli.create('nofab');
    await cli.create('allfab', '--all-fabrics');
    expect((await cli.associations('nofab')).fabrics).toEqual([]);
    expect((await cli.associations('allfab')).fabrics).toEqual(['*']);
  });

  test('an unknown tenant exits 4, a missing or doubled password 2, a foreign option 2', async () => {
    expect(await cli.users(['create', '--tenant', 'nowhere', '--username', 'tom', '--password-stdin'], PASSWORD)).toMatchObject({ code: 4 });
    expect(await cli.users(['create', '--tenant', 'acme', '--username', 'tom'])).toMatchObject({ code: 2 });
    expect(await cli.users(['create', '--tenant', 'acme', '--username', 'tom', '--password-stdin', '--password', 'x'])).toMatchObject({ code: 2 });
    expect(await cli.users(['create', '--tenant', 'acme', '--username', 'tom', '--enable'])).toMatchObject({ code: 2 });
    expect(await cli.users(['create', '--tenant', 'acme', '--username', 'no spaces', '--password-stdin'], PASSWORD)).toMatchObject({ code: 2 });
    expect(await cli.users(['dance'])).toMatchObject({ code: 2, out: '' });
  });

  test('a password on the command line works, with a warning that it can be seen', async () => {
    const made = await cli.users(['create', '--tenant', 'acme', '--username', 'visible', '--password', PASSWORD]);
    expect(made.code).toBe(0);
    expect(made.err).toContain('list of processes');
    expect(made.out).toMatch(/^visible {2}[\w-]{36} {2}asns 0 {2}fabrics 0 {2}admin no\n$/);
    await cli.login('visible');
  });

  test('an address that somebody has exits 3; the account that was there is as it was', async () => {
    const before = await cli.counts();
    expect(await cli.create('second', '--email', company.login('olivia').email)).toMatchObject({ code: 3 });
    expect(await cli.counts()).toEqual(before);
    await company.signIn('olivia');
  });
});
