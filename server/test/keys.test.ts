import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { masterKeyId } from '#kernel/master-keys.ts';
import { createSealer } from '#kernel/seal.ts';
import { sealedPlace } from '#modules/identity/federation/directory.ts';
import { keys as keysModule } from '#modules/keys/index.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { createCompany, type Company } from './company.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'switchyard-keys-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const [first, second] = [testMasterKey(), randomBytes(32)];
const text = (key: Uint8Array): string => Buffer.from(key).toString('base64');
interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** The server's own command, as an operator runs it. */
const main = (args: readonly string[], databaseUrl: string, key: Uint8Array, previous: readonly Uint8Array[] = []): Promise<Ran> =>
  new Promise((done) => {
    const env = {
      PATH: process.env['PATH'], DATABASE_URL: databaseUrl, SWITCHYARD_HOME: home, PORT: '0', SWITCHYARD_MASTER_KEY: text(key),
      ...(previous.length > 0 ? { SWITCHYARD_MASTER_KEY_PREVIOUS: previous.map(text).join(',') } : {}),
    }; // prettier-ignore
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ran = { out: '', err: '' };
    child.stdout.on('data', (part: Buffer) => (ran.out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (ran.err += part.toString()));
    child.once('close', (code) => done({ code, ...ran }));
  });

describe('the operator’s keys', () => {
  let company: Company;
  const sealed = new Map<string, { tenantId: string; id: string; value: string }>();
  const idp = (
    tenantId: string,
    id: string,
  ) => `insert into identity_providers (tenant_id, id, key, name, preset, issuer, client_id, scopes, allowed_algorithms, client_secret_sealed)
    values ('${tenantId}', '${id}', 'own', 'Own', 'generic', 'https://idp.example', 'sy', 'openid', '{RS256}', $1)`;
  beforeAll(async () => {
    company = await createCompany({ modules: [keysModule], works: true });
    for (const slug of ['acme', 'globex']) {
      const tenantId = (await company.sql<{ id: string }>('select id from tenants where slug = $1', [slug]))[0]!.id;
      const id = newId();
      const value = await company.databases.tenant({ tenantId }, (db) => company.sealer.seal(db, sealedPlace(tenantId, id), `secret of ${slug}`));
      await company.sql(idp(tenantId, id), [value]);
      sealed.set(slug, { tenantId, id, value });
    }
  }, 60_000);
  afterAll(() => company.close());
  const stored = async (slug: string) => (await company.sql<{ value: string }>('select client_secret_sealed as value from identity_providers where id = $1', [sealed.get(slug)!.id]))[0]!.value; // prettier-ignore
  const opened = async (slug: string, key: Uint8Array) => {
    const { tenantId, id } = sealed.get(slug)!;
    const value = await stored(slug);
    return company.databases.tenant({ tenantId }, (db) => createSealer(key).open(db, sealedPlace(tenantId, id), value));
  };

  test('are moved to new data keys by the processes that work, and told of as they go', async () => {
    const { code, out, err } = await main(['keys', 'reencrypt'], company.databaseUrl, first);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const slug of ['acme', 'globex']) {
      expect(out).toContain(`${slug}: all 1 values are under the new data key; old keys are destroyed after `);
      expect((await stored(slug)).split('.')[1]).not.toBe(sealed.get(slug)!.value.split('.')[1]);
      expect(await opened(slug, first)).toBe(`secret of ${slug}`);
    }
    const { out: status } = await main(['keys', 'status', '--json'], company.databaseUrl, first);
    const seen = JSON.parse(status) as { reencryptions: { tenant: string; state: string }[] };
    expect(seen.reencryptions.filter(({ state }) => state === 'settling').map(({ tenant }) => tenant)).toEqual(expect.arrayContaining(['acme', 'globex'])); // prettier-ignore
    const { rows } = await company.databases.tenant({ tenantId: sealed.get('acme')!.tenantId }, (db) =>
      db.execute<{ n: string }>(`select count(*) as n from audit_entries where operation = 'keys.reencrypt' and actor_id = 'system:server-cli'`),
    );
    expect(Number(rows[0]!.n)).toBe(1);
  }, 120_000);

  test('a tenant that is not there, or a verb, is told in one line or shown how', async () => {
    expect(await main(['keys', 'reencrypt', '--tenant', 'nobody'], company.databaseUrl, first)).toMatchObject({ code: 1, err: 'switchyard: There is no tenant "nobody".\n' });
    expect(await main(['keys', 'forget'], company.databaseUrl, first)).toMatchObject({ code: 2, err: expect.stringContaining('usage: keys status') });
  }, 120_000); // prettier-ignore

  test('are wrapped under a new master key without a value being touched; then the old one opens nothing, and a start with it is refused', async () => {
    const before = new Map([['acme', await stored('acme')], ['globex', await stored('globex')]]); // prettier-ignore
    const during = await main(['keys', 'status'], company.databaseUrl, second, [first]);
    expect(during.code).toBe(0);
    expect(during.out).toMatch(new RegExp(`${masterKeyId(first)} +previous +wraps \\d+ data keys and the root of the installation`));
    expect(during.out).toContain('Run `keys rewrap`');
    const rewrapped = await main(['keys', 'rewrap'], company.databaseUrl, second, [first]);
    expect({ code: rewrapped.code, err: rewrapped.err }).toEqual({ code: 0, err: '' });
    expect(rewrapped.out).toMatch(new RegExp(`^\\d+ data keys of \\d+ tenants and the root of the installation are wrapped anew under ${masterKeyId(second)}\\.\n`));
    expect(rewrapped.out).toContain(`Nothing of this database needs ${masterKeyId(first)} any more`);
    for (const slug of ['acme', 'globex']) {
      expect(await stored(slug)).toBe(before.get(slug));
      expect(await opened(slug, second)).toBe(`secret of ${slug}`);
      await expect(opened(slug, first)).rejects.toMatchObject({ reason: 'master-key-gone' });
    }
    // What is derived from the root is as it was: the operator's chain still holds, and its anchors are signed by the same key.
    const after = await main(['audit', 'verify', '--tenant', 'operator'], company.databaseUrl, second);
    expect({ code: after.code, err: after.err }).toEqual({ code: 0, err: '' });
    const { code, err } = await main(['keys', 'status'], company.databaseUrl, first);
    expect(code).toBe(1);
    expect(err).toBe(`switchyard: this database is sealed under the master key ${masterKeyId(second)}, and the one that is set is ${masterKeyId(first)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed\n`);
    const doctor = await main(['doctor'], company.databaseUrl, first);
    expect(doctor.code).toBe(1);
    expect(doctor.out + doctor.err).toContain(`this database is sealed under the master key ${masterKeyId(second)}`);
  }, 120_000); // prettier-ignore
});

describe('a backup', () => {
  test('that is restored with the wrong master key refuses to start, in one line, and changes nothing; with the right one it starts', async () => {
    const source = await cloneDatabase();
    const tenantId = newId();
    const databases = openDatabases({ url: source, masterKey: first });
    await databases.tenant({ tenantId }, (db) => createSealer(first).begin(db, tenantId));
    await databases.close();
    // The server's own copy of a database, byte by byte.
    const restored = new URL(source);
    restored.pathname = `${restored.pathname}_restored`;
    const admin = new pg.Client({ connectionString: inject('databaseUrl') });
    await admin.connect();
    await admin.query(`create database ${restored.pathname.slice(1)} template ${new URL(source).pathname.slice(1)}`);
    await admin.end();
    const wrong = randomBytes(32);
    for (const role of ['serve', 'work']) {
      const { code, out, err } = await main([role], restored.href, wrong);
      expect(code).toBe(1);
      expect(err).toBe(`switchyard: this database is sealed under the master key ${masterKeyId(first)}, and the one that is set is ${masterKeyId(wrong)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed\n`);
      expect(out).toBe('');
    }
    const again = openDatabases({ url: restored.href, masterKey: first });
    await again.ping();
    await again.close();
    expect(await main(['keys', 'status'], restored.href, first)).toMatchObject({ code: 0, err: '' });
  }, 120_000); // prettier-ignore
});
