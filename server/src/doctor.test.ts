import { createServer } from 'node:http';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, type Config } from '#kernel/config.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { refusal, startSmtp } from '#test/smtp.ts';
import { runDoctor, type Finding } from './doctor.ts';

let home: string;
let url: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'switchyard-doctor-'));
  url = await cloneDatabase();
});
afterAll(() => rm(home, { recursive: true, force: true }));

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};
const config = async (more: Partial<Config> = {}): Promise<Config> => ({
  ...loadConfig({ SWITCHYARD_HOME: home }),
  databaseUrl: url,
  masterKey: testMasterKey(),
  port: await freePort(),
  ...more,
});
const examine = async (more: Partial<Config> = {}): Promise<Record<string, Finding>> =>
  Object.fromEntries((await runDoctor(await config(more))).map((found) => [found.name.replace(/ \d+$/, ''), found]));

async function sql(statement: string, database = url): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(statement);
  await client.end();
}

test('a sound installation is found sound, part by part, and every fault below has a remedy', async () => {
  const found = await examine();
  const { 'Web application': _built, ...rest } = found;
  expect(Object.values(rest).filter(({ ok }) => !ok)).toEqual([]);
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining([
      'Node',
      'Packages',
      'Data folder',
      'Master key',
      'Disk space',
      'Port',
      'Mail',
      'Database',
      'Migrations',
      'PostgreSQL',
      'Tenant isolation',
    ]),
  );
});

describe('the machine', () => {
  test('keys and logins that others may read', async () => {
    const file = join(home, 'demo.json');
    await writeFile(file, '{}');
    await chmod(file, 0o644);
    expect((await examine())['Data folder']).toMatchObject({ ok: false, detail: `others may read ${file}`, remedy: `chmod 600 ${file}` });
    await rm(file);
  });

  test('a port that another program holds is a fault, one that Switchyard holds is not', async () => {
    const other = createServer((_request, reply) => reply.end('hello')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect((await examine({ port }))['Port']).toMatchObject({ ok: false, detail: `Port ${port} is taken by another program.` });
    other.close();
    const ours = createServer((request, reply) => reply.setHeader('x-request-id', 'r').end(request.url === '/health/live' ? '{}' : '')).listen(
      port,
      '127.0.0.1',
    );
    await once(ours, 'listening');
    expect((await examine({ port }))['Port']).toMatchObject({ ok: true, detail: 'Switchyard is running there' });
    ours.close();
  });
});

describe('the database', () => {
  test('that does not answer, or has no schema yet', async () => {
    expect((await examine({ databaseUrl: 'postgres://u:p@127.0.0.1:1/d' }))['Database']).toMatchObject({
      ok: false,
      detail: 'Nothing listens at 127.0.0.1:1 (DATABASE_URL).',
    });
    const empty = new URL(url);
    empty.pathname = `/empty_${process.pid}`;
    await sql(`create database empty_${process.pid}`);
    const found = await examine({ databaseUrl: empty.href });
    expect(found['Migrations']).toMatchObject({ ok: true, detail: 'none yet; the first start makes the schema' });
    expect(found['Tenant isolation']).toBeUndefined();
  });

  test('that another master key was used with', async () => {
    expect((await examine({ masterKey: Buffer.alloc(32, 1) }))['Sealed values']).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^this database is sealed under the master key mk-[0-9a-f]{8}, and the one that is set is mk-[0-9a-f]{8}: /),
    });
  });

  test('in which one table lost its policy, or a migration is missing', async () => {
    const broken = await cloneDatabase();
    await sql('drop policy tenant_isolation on changes', broken);
    expect((await examine({ databaseUrl: broken }))['Tenant isolation']).toMatchObject({
      ok: false,
      detail: expect.stringContaining('changes: has no tenant policy'),
    });
    await sql(`delete from switchyard_migrations where module = 'governance'`, broken);
    expect((await examine({ databaseUrl: broken }))['Migrations']).toMatchObject({
      ok: false,
      detail: expect.stringContaining('governance/1_'),
      remedy: expect.stringContaining('Start Switchyard'),
    });
  });
});

test('a mail server is signed in to, and one that is away or refuses us is told without the password', async () => {
  const smtp = await startSmtp({ authOptional: false, allowInsecureAuth: true, onAuth: ({ password }, _session, done) => (password === 'right' ? done(null, { user: 'u' }) : done(refusal(535, 'no'))) }); // prettier-ignore
  const look = async (password: string) => (await examine({ smtpUrl: `smtp://user:${password}@127.0.0.1:${smtp.port}` }))['Mail'];
  try {
    expect((await examine())['Mail']).toMatchObject({ ok: true, detail: expect.stringContaining('mails are written to') });
    expect(await look('right')).toMatchObject({ ok: true });
    const refused = await look('wr0ng');
    expect(refused).toMatchObject({ ok: false, detail: expect.stringContaining('535'), remedy: expect.stringContaining('SMTP_URL') });
    expect(JSON.stringify(refused)).not.toContain('wr0ng');
  } finally {
    await smtp.close();
  }
  expect(await look('right')).toMatchObject({ ok: false, detail: expect.stringContaining('127.0.0.1') });
  expect(smtp.received, 'nothing was sent').toEqual([]);
});
