import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TextWriter, Uint8ArrayReader, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testMasterKey } from '#test/clone.ts';
import { createSafe, type Safe } from '#test/safe.ts';
import { startSmtp } from '#test/smtp.ts';
import type { Person } from '#test/world.ts';
import { deriveKey } from '#kernel/seal.ts';
import { auditList } from '#modules/audit/index.ts';
import { createDelivery } from '#modules/mail/delivery.ts';
import { createSmtp } from '#modules/mail/providers/smtp.ts';
import { changesGet } from '#modules/governance/index.ts';
import { envVarsCreate, secretsAccessLog, secretsCreate, secretsExport, secretsExportsDownload, secretsImport, secretsInject } from '../index.ts';
import { archiveOf } from './archive.ts';
import { sweepExports } from './archives.ts';

const run = promisify(execFile);
const clock = { at: new Date('2026-11-20T12:00:00Z') };
const passphrase = 'seven wet otters';
const VALUE = "it's a “value” with \\ $ and # in it";
let safe: Safe;
let [olga, oskar]: Person[] = [];
let secretId = '';
beforeAll(async () => {
  safe = await createSafe({ now: () => clock.at });
  [olga, oskar] = ['olga', 'oskar'].map((name) => safe.as({ name, roles: ['owner'] })) as [Person, Person];
  secretId = (await safe.done(secretsCreate, { name: 'SHOP_KEY', value: VALUE, scope: 'project', project: 'shop', environment: 'test' }, olga)).id;
  await safe.done(envVarsCreate, { name: 'LOG_LEVEL', value: '=debug' }, olga);
});
afterAll(() => safe.close());

const proven = (person: Person, minutesAgo: number): void => {
  person.actor.proof = { at: new Date(clock.at.getTime() - minutesAgo * 60_000), level: 1, factors: ['password'] };
};
const wish = { format: 'env' as const, passphrase, reason: 'Moving to another account' };
interface Made {
  id: string;
  filename: string;
  count: number;
  bytes: number;
}
/** What one owner asks for and the other agrees to, as the baseline has it for everything of high risk. */
async function asked(more: object = {}): Promise<Made> {
  const change = await safe.carriedOut(secretsExport, { ...wish, ...more }, olga!, oskar!);
  if (change.state !== 'succeeded') throw new Error(`${change.state}: ${JSON.stringify(change.problem)}`);
  return change.outcome as unknown as Made;
}
const exported = async (more: object = {}) => {
  const made = await asked(more);
  const file = await safe.done(secretsExportsDownload, { id: made.id }, olga!);
  return { made, bytes: Buffer.from(file.content, 'base64'), file };
};
async function unzipped(bytes: Buffer, password: string): Promise<Record<string, string>> {
  const entries = await new ZipReader(new Uint8ArrayReader(bytes), { password, useWebWorkers: false }).getEntries();
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  expect(files.map(({ encrypted, zipCrypto }) => [encrypted, zipCrypto])).toEqual(files.map(() => [true, false]));
  return Object.fromEntries(await Promise.all(files.map(async (entry) => [entry.filename, await entry.getData(new TextWriter())] as const)));
}
const again = (): void => void (clock.at = new Date(clock.at.getTime() + 61 * 60_000));

const outbox = async () =>
  (await safe.databases.platform('test', (db) => db.$client.query<{ tenant_id: string; id: string }>('select tenant_id, id from mail_outbox'))).rows;
/** One attempt at every mail that waits, over the wire. */
async function post(url: string): Promise<void> {
  const { databases, jobs } = safe;
  const keyFor = (purpose: string) => deriveKey(testMasterKey(), purpose);
  const deliver = createDelivery({ databases, jobs, keyFor, log: safe.log, now: () => clock.at, transport: createSmtp(url), sender: { name: 'Switchyard', from: 'no-reply@yard.example' }, observe: () => undefined }); // prettier-ignore
  for (const { tenant_id: tenantId, id } of await outbox()) await deliver({ data: { tenantId, id } });
} // prettier-ignore

test('platform 103: Given export without recent step-up, when called, then 401; with it, one download, ZIP needs the passphrase, owners are mailed, audit critical.', async () => {
  const smtp = await startSmtp();
  proven(olga!, 6);
  const refused = await safe.refused(secretsExport, wish, olga!);
  expect([refused.slug, refused.kind.status]).toEqual(['step-up-required', 401]);
  proven(olga!, 4);
  const { made, bytes, file } = await exported();
  expect(file).toMatchObject({ mediaType: 'application/zip', filename: made.filename });
  expect([made.count, made.bytes]).toEqual([2, bytes.length]);
  expect((await safe.refused(secretsExportsDownload, { id: made.id }, olga!)).slug).toBe('secret-export-gone');

  expect(await unzipped(bytes, passphrase)).toEqual({
    'projects/shop/test.env': 'SHOP_KEY="it\'s a “value” with \\\\ \\$ and # in it"\n',
    'workspace/all.env': 'LOG_LEVEL==debug\n',
  });
  await expect(unzipped(bytes, 'seven wet otter')).rejects.toThrow();
  await expect(unzipped(bytes, '')).rejects.toThrow();
  expect(bytes.includes('value')).toBe(false);

  const mails = async () => {
    await post(smtp.url);
    const all = await Promise.all(smtp.received.map(async (mail) => ({ ...(await mail.parsed()), to: mail.to[0] })));
    return all.filter(({ subject }) => subject?.includes('Secrets were exported'));
  };
  await expect.poll(async () => (await mails()).map(({ to }) => String(to)).toSorted(), { timeout: 60_000 }).toEqual(['olga@example.test', 'oskar@example.test']);
  expect((await mails())[0]!.text).toContain('Moving to another account');
  expect(smtp.received.map(({ raw }) => raw).join()).not.toContain(passphrase);
  await smtp.close();

  await safe.audit.flush();
  const { items } = await safe.done(auditList, { severity: 'critical', result: 'success' }, olga!);
  expect(items.map(({ operation }) => operation).toSorted()).toEqual(['secrets.export', 'secrets.exports.download']);
  const entry = items.find(({ operation }) => operation === 'secrets.export')!;
  expect(entry.targets.map(({ name }) => String(name)).toSorted()).toEqual(['LOG_LEVEL', 'SHOP_KEY']);
  const change = await safe.done(changesGet, { id: entry.changeId! }, olga!);
  expect(change).toMatchObject({ state: 'succeeded', risk: 'high', input: { passphrase: '••••••', reason: wish.reason } });
  const [log] = (await safe.done(secretsAccessLog, { id: secretId }, olga!)).items;
  expect(log).toMatchObject({ operation: 'secrets.export', purpose: 'export: Moving to another account', result: 'success' });
  const rows = await safe.sql(`select t::text from changes t union all select t::text from events t union all select t::text from audit_entries t union all select t::text from secret_exports t`);
  for (const found of [passphrase, VALUE]) expect(JSON.stringify(rows)).not.toContain(found);
  // The passphrase was sealed while the export waited, and is gone with it.
  expect(await safe.sql('select 1 from changes where sealed_secrets is not null')).toEqual([]);
}); // prettier-ignore

test('the file is for whoever asked for it, for five minutes, and two who fetch it at once get one', async () => {
  again();
  proven(olga!, 1);
  const { id } = await asked();
  expect((await safe.refused(secretsExportsDownload, { id }, oskar!)).slug).toBe('secret-export-gone');
  const both = await Promise.allSettled([1, 2].map(() => safe.done(secretsExportsDownload, { id }, olga!)));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const late = await asked();
  clock.at = new Date(clock.at.getTime() + 5 * 60_000);
  expect((await safe.refused(secretsExportsDownload, { id: late.id }, olga!)).slug).toBe('secret-export-gone');
  await safe.databases.platform('test', (db) => sweepExports(db, clock.at));
  expect(await safe.sql('select 1 from secret_exports where sealed is not null')).toEqual([]);
});

test('what comes after somebody agreed is not exported, however long the list that they saw', async () => {
  again();
  proven(olga!, 0);
  const add = (from: number, to: number) =>
    safe.sql(
      `insert into secrets (tenant_id, id, kind, name, scope, project, type, description, tags, current_version, rotated_at, created_by, created_by_name)
       select $1, gen_random_uuid(), 'secret', 'MANY_' || n, 'project', 'many', 'secret', '', '{}', 1, now(), 'x', 'x' from generate_series($2::int, $3::int) n`,
      [olga!.actor.tenantId, from, to],
    );
  await add(1_000, 1_210);
  const change = await safe.accepted(secretsExport, { ...wish, project: 'many' }, olga!);
  await add(9_000, 9_000);
  await safe.approve(change, oskar!);
  expect((await safe.settled(change, olga!)).state).toBe('stale');
  await safe.sql(`delete from secrets where project = 'many'`);
});

test('values that no machine should hold at once are refused before one is opened', async () => {
  again();
  proven(olga!, 0);
  for (let n = 0; n < 3; n++) await safe.done(secretsCreate, { name: `LARGE_${n}`, value: 'x', scope: 'project', project: 'large' }, olga!);
  await safe.sql(`update secret_versions set bytes = 4000000 where secret_id in (select id from secrets where project = 'large')`);
  expect((await safe.refused(secretsInject, { project: 'large' }, olga!)).slug).toBe('secret-export-too-large');
  const change = await safe.carriedOut(secretsExport, { ...wish, project: 'large' }, olga!, oskar!);
  expect([change.state, change.problem]).toMatchObject(['failed', { type: expect.stringMatching(/secret-export-too-large$/) }]);
  expect(await safe.sql(`select 1 from secret_access_logs where secret_name like 'LARGE_%'`)).toEqual([]);
  await safe.sql(`delete from secrets where project = 'large'`);
});

test('five in an hour, and a sixth when the hour is over', async () => {
  again();
  proven(olga!, 0);
  for (let made = 0; made < 5; made++) await asked();
  const refused = await safe.refused(secretsExport, wish, olga!);
  expect([refused.slug, refused.extras.retryAfterSeconds]).toEqual(['rate-limited', 3600]);
  again();
  proven(olga!, 0);
  await asked();
});

test.each(['env', 'json', 'csv'] as const)('what is exported as %s is imported as it was', async (format) => {
  again();
  proven(olga!, 0);
  const { bytes } = await exported({ format, project: 'shop' });
  const [content] = Object.values(await unzipped(bytes, passphrase));
  const to = { scope: 'project' as const, project: `copy-${format}`, environment: 'test' };
  await safe.done(secretsImport, { content, ...to }, olga!);
  expect((await safe.done(secretsInject, { project: to.project, environment: 'test' }, olga!)).values).toMatchObject({ SHOP_KEY: VALUE });
});

test('7-Zip opens the archive with the passphrase and with no other', async (context) => {
  const seven = await run('7z', ['i']).then(() => true, () => false); // prettier-ignore
  if (!seven) return context.skip('7-Zip is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-zip-'));
  try {
    const sheet = { project: 'shop', environment: null, values: [{ name: 'A_KEY', value: 'a-value' }] };
    await writeFile(join(folder, 'a.zip'), await archiveOf([sheet], 'json', 'päss phräse 12', new Date()));
    const { stdout } = await run('7z', ['x', '-so', '-ppäss phräse 12', 'a.zip'], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({ A_KEY: 'a-value' });
    await expect(run('7z', ['t', '-pwrong', 'a.zip'], { cwd: folder })).rejects.toThrow(/Wrong password/);
    expect((await run('7z', ['l', '-slt', '-pwrong', 'a.zip'], { cwd: folder })).stdout).toContain('AES-256');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
