import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabases } from '#kernel/database.ts';
import { loadConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import { masterKeyId, masterKeysOf, type MasterKeys } from '#kernel/master-keys.ts';
import { createLog } from '#kernel/log.ts';
import { createSealer, deriveKey } from '#kernel/seal.ts';
import { sealedPlace } from '#modules/identity/federation/directory.ts';
import { keys as keysModule } from '#modules/keys/index.ts';
import { createApp } from '../src/app.ts';
import { keys as keysCommand, keysVerb, type KeyOptions } from '../src/commands/keys/index.ts';
import type { Unlocked } from '../src/commands/open.ts';
import { cloneDatabase, copyOf, testMasterKey } from './clone.ts';
import { createCompany, type Company } from './company.ts';
import { LEAN } from './lean.ts';
import { program } from './programs.ts';

const MAIN = program(new URL('../src/main.ts', import.meta.url));
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
      ...LEAN, DATABASE_URL: databaseUrl, SWITCHYARD_HOME: home, PORT: '0', SWITCHYARD_MASTER_KEY: text(key),
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
  /** The same command without the price of a process. */
  async function within(verb: string, masterKeys: MasterKeys, options: KeyOptions = {}): Promise<{ code: number; out: string }> {
    let out = '';
    const opened = { core: company, databaseUrl: company.databaseUrl, masterKeys } as unknown as Unlocked;
    const code = await keysVerb(opened, verb, options, (line) => (out += `${line}\n`));
    return { code, out };
  }
  const stored = async (slug: string) => (await company.sql<{ value: string }>('select client_secret_sealed as value from identity_providers where id = $1', [sealed.get(slug)!.id]))[0]!.value; // prettier-ignore
  const opened = async (slug: string, key: Uint8Array) => {
    const { tenantId, id } = sealed.get(slug)!;
    const value = await stored(slug);
    return company.databases.tenant({ tenantId }, (db) => createSealer(key).open(db, sealedPlace(tenantId, id), value));
  };

  test('are moved to new data keys by the processes that work, and told of as they go', async () => {
    const { code, out } = await within('reencrypt', masterKeysOf(first));
    expect(code).toBe(0);
    for (const slug of ['acme', 'globex']) {
      expect(out).toContain(`${slug}: all values (1) are under the new data key; old keys are destroyed after `);
      expect((await stored(slug)).split('.')[1]).not.toBe(sealed.get(slug)!.value.split('.')[1]);
      expect(await opened(slug, first)).toBe(`secret of ${slug}`);
    }
    const { out: status } = await within('status', masterKeysOf(first), { json: true });
    const seen = JSON.parse(status) as { reencryptions: { tenant: string; state: string }[] };
    expect(seen.reencryptions.filter(({ state }) => state === 'settling').map(({ tenant }) => tenant)).toEqual(expect.arrayContaining(['acme', 'globex'])); // prettier-ignore
    const { rows } = await company.databases.tenant({ tenantId: sealed.get('acme')!.tenantId }, (db) =>
      db.execute<{ n: string }>(`select count(*) as n from audit_entries where operation = 'keys.reencrypt' and actor_id = 'system:server-cli'`),
    );
    expect(Number(rows[0]!.n)).toBe(1);
  }, 240_000);

  test('a tenant that is not there, or a verb, is told in one line or shown how', async () => {
    const said: string[] = [];
    const err = vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
    try {
      expect((await within('reencrypt', masterKeysOf(first), { tenant: 'nobody' })).code).toBe(1);
      expect(said.splice(0)).toEqual(['switchyard: There is no tenant "nobody".\n']);
      expect([await keysCommand(['forget']), await keysCommand(['status', '--loud'])]).toEqual([2, 2]);
      expect(said[0]).toContain('usage: keys status');
    } finally {
      err.mockRestore();
    }
  });

  test('are wrapped under a new master key without a value being touched; then the old one opens nothing, and a start with it is refused', async () => {
    const before = new Map([['acme', await stored('acme')], ['globex', await stored('globex')]]); // prettier-ignore
    const during = await within('status', masterKeysOf(second, [first]));
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
    const { code, err } = await main(['keys', 'status'], company.databaseUrl, first);
    expect(code).toBe(1);
    expect(err).toBe(`switchyard: this database is sealed under the master key ${masterKeyId(second)}, and the one that is set is ${masterKeyId(first)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed\n`);
  }, 240_000); // prettier-ignore
});

test('what is derived from the first master key is the same after a change: sessions, factors, mails and anchors go on', async () => {
  const url = await cloneDatabase();
  const settings = { SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: text(second), SWITCHYARD_MASTER_KEY_PREVIOUS: text(first) };
  const { core, http } = await createApp({ config: loadConfig(settings), databaseUrl: url, log: createLog('silent'), version: '0', works: false });
  try {
    for (const purpose of ['sessions', 'refresh-tokens', 'second-factor-secrets', 'mail 1', 'audit-anchor'])
      expect(Buffer.from(core.keyFor(purpose)).toString('hex')).toBe(deriveKey(first, purpose).toString('hex'));
    await core.databases.ping();
    // What is made from now on is wrapped under the new one.
    const tenantId = newId();
    const { rows } = await core.databases.tenant({ tenantId }, async (db) => {
      await core.sealer.begin(db, tenantId);
      return db.execute<{ by: string }>('select wrapped_by as by from data_keys');
    });
    expect(rows).toEqual([{ by: masterKeyId(second) }]);
  } finally {
    await http.app.close();
    await core.stop(1_000);
  }
}, 60_000);

describe('a backup', () => {
  test('that is restored with the wrong master key refuses to start, in one line, and changes nothing; with the right one it starts', async () => {
    const source = await cloneDatabase();
    const tenantId = newId();
    const databases = openDatabases({ url: source, masterKey: first });
    await databases.tenant({ tenantId }, (db) => createSealer(first).begin(db, tenantId));
    await databases.close();
    // The server's own copy of a database, byte by byte.
    const restored = await copyOf(source);
    const wrong = randomBytes(32);
    const { code, out, err } = await main(['serve'], restored, wrong);
    expect(code).toBe(1);
    expect(err).toBe(`switchyard: this database is sealed under the master key ${masterKeyId(first)}, and the one that is set is ${masterKeyId(wrong)}: set SWITCHYARD_MASTER_KEY (or its file) to the key that belongs to this database; nothing was changed\n`);
    expect(out).toBe('');
    const again = openDatabases({ url: restored, masterKey: first });
    await again.ping();
    await again.close();
    expect(await main(['keys', 'status'], restored, first)).toMatchObject({ code: 0, err: '' });
  }, 240_000); // prettier-ignore
});
