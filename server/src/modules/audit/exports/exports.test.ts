import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authMe } from '#modules/identity/operations/auth.me.ts';
import { createCompany, type Company } from '#test/company.ts';
import { strictCsv } from '#test/csv.ts';
import { providerOf } from '#kernel/port.ts';
import { auditAnchors, auditExport, auditExportsCreate, auditExportsDownload, auditExportsGet, auditList } from '../index.ts';
import { Evidence } from '../providers/port.ts';
import { contentHash, type EntryRecord } from '../chain/record.ts';
import type { ExportView } from './schemas.ts';

let company: Company;
let folder: string;
let tenantId: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-exports-'));
  company = await createCompany({ works: true });
  tenantId = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});

type Ready = z.output<typeof ExportView>;
async function exported(format: string, filters: object = {}): Promise<{ ready: Ready; content: string }> {
  await company.audit.flush();
  await providerOf(company.adapters)(Evidence).seal();
  const olivia = company.key('olivia');
  // The file ends before the moment it is asked for.
  await new Promise((resolve) => setTimeout(resolve, 5));
  company.clock.at = new Date();
  const { id } = await company.done(auditExportsCreate, { format, ...filters }, olivia);
  const ready = await expect
    .poll(() => company.done(auditExportsGet, { id }, olivia), { timeout: 20_000 })
    .toMatchObject({ state: 'done' })
    .then(() => company.done(auditExportsGet, { id }, olivia));
  const file = await company.done(auditExportsDownload, { id }, olivia);
  expect(file.filename).toBe(ready.filename);
  return { ready, content: await text(file.content as Readable) };
}

/** Entries that calls would not easily leave. */
async function plant(names: readonly string[]): Promise<void> {
  const actor = { kind: 'user' as const, id: 'mallory', name: '=2+5', email: null, tenantId, tenantSlug: 'acme', credentialId: null, permissionCap: null, ip: '192.0.2.66' };
  for (const name of names)
    await company.audit.steps.later({
      decisionId: crypto.randomUUID(), requestId: 'r', actor, surface: 'rest', operation: 'devices.get', permission: 'devices:read', risk: 'read', sensitive: false, result: 'success',
      reason: null, targets: [{ type: 'device', id: name, name, environment: 'prod' }], grantId: null, rules: [], inputHash: '', changeId: null, comment: `${name}\r\n"quoted", and more`, at: new Date(), durationMs: 1, timings: {},
    });
} // prettier-ignore

test('governance 78: Given a device named `=cmd|x`, when exported, then the cell is neutralised', async () => {
  await plant(['=cmd|x', '+1', '-1', '@sum', '\ttab', '\rcr']);
  const { content } = await exported('csv', { actorId: 'mallory' });
  const [head, ...rows] = strictCsv(content);
  expect(rows).toHaveLength(6);
  const cells = rows.flatMap((row) => [row[head!.indexOf('comment')]!, row[head!.indexOf('actor')]!]);
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(rows.map((row) => row[head!.indexOf('comment')])).toContain(`'=cmd|x\r\n"quoted", and more`);
  const small = await company.done(auditExport, { actorId: 'mallory', format: 'csv' }, company.key('olivia'));
  expect(strictCsv(small.content).length).toBe(7);
});

test('CSV, JSON and NDJSON of one question have the same entries, and the file is what its manifest says', async () => {
  for (let n = 0; n < 30; n++) await company.done(authMe, {}, company.key('dana'));
  const of = { actorId: await company.idOf('dana') };
  const csv = await exported('csv', of);
  const [head, ...rows] = strictCsv(csv.content);
  const json = await exported('json', of);
  const ndjson = await exported('ndjson', of);
  const ids = rows.map((row) => row[head!.indexOf('id')]);
  expect(ids.length).toBeGreaterThan(29);
  expect((JSON.parse(json.content) as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  expect(ndjson.content.trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(ids); // prettier-ignore
  for (const { ready, content } of [csv, json, ndjson]) {
    expect(ready).toMatchObject({ rows: ids.length, bytes: Buffer.byteLength(content), percent: 100 });
    expect(ready.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(ready.manifest).toMatchObject({ sha256: ready.sha256, rows: ids.length });
  }
  expect((await exported('csv', { actorId: 'nobody at all' })).content).toBe(`${head!.join(',')}\r\n`);
  expect(JSON.parse((await exported('json', { actorId: 'nobody at all' })).content)).toEqual([]);
});

async function offline(content: string, kept?: unknown[]): Promise<{ code: number; output: string }> {
  const [file, keys, anchors] = ['chain.ndjson', 'keys.json', 'anchors.json'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(file, content);
  writeFileSync(keys, JSON.stringify(await company.auditKeys()));
  writeFileSync(anchors, JSON.stringify(kept ?? []));
  const script = fileURLToPath(new URL('../../../../../scripts/verify-audit.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, file, '--keys', keys, ...(kept ? ['--anchors', anchors] : [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.on('close', (ended) => resolve(ended ?? -1)));
  return { code, output };
}

test('an exported chain is proven without the server, and whatever is changed in it is found', async () => {
  const evidence = providerOf(company.adapters)(Evidence);
  await evidence.seal();
  await evidence.anchor();
  const { content } = await exported('evidence');
  expect(await offline(content)).toEqual({ code: 0, output: expect.stringMatching(/^links 1 to \d+ hold: \d+ entries as sealed, 0 let go by retention, 1 anchors/) });
  const lines = content.trim().split('\n');
  const at = lines.findIndex((line) => line.includes('"mallory"'));
  const link = JSON.parse(lines[at]!) as { id: string; entry: Record<string, unknown> };
  const withLine = (line: string | null): string => `${lines.flatMap((one, n) => (n === at ? (line ?? []) : one)).join('\n')}\n`;
  expect(await offline(withLine(JSON.stringify({ ...link, entry: { ...link.entry, actorName: 'Alice' } })))).toEqual({ code: 1, output: expect.stringContaining(`entry ${link.id}`) });
  expect(await offline(withLine(JSON.stringify({ ...link, entry: null })))).toEqual({ code: 1, output: expect.stringContaining('is missing') });
  expect(await offline(withLine(null))).toEqual({ code: 1, output: expect.stringContaining('are missing') });
  // Whoever changes the hash along with the entry has to change every link after it, and the anchors have no key.
  const entry = { ...link.entry, actorName: 'Alice' } as EntryRecord;
  expect(await offline(withLine(JSON.stringify({ ...link, entry, content: contentHash(entry).toString('hex') })))).toEqual({ code: 1, output: expect.stringContaining('the chain was rewritten') });
  const anchored = lines.find((line) => line.startsWith('{"type":"anchor"'))!;
  expect(await offline(content.replace(anchored, anchored.replace(/"signature":"..../, '"signature":"AAAA')))).toEqual({ code: 1, output: expect.stringContaining('signature does not fit') });
  const { items } = await company.done(auditAnchors, {}, company.key('olivia'));
  expect((await offline(content, items)).code).toBe(0);
  expect(await offline(content, [{ ...items[0], hash: '00'.repeat(32) }])).toEqual({ code: 1, output: expect.stringContaining('rewritten') });
  expect(await offline(lines.slice(0, at).join('\n'), items)).toEqual({ code: 1, output: expect.stringContaining('cut off') });
  const swapped = lines.map((line, n) => lines[n === at ? at + 1 : n === at + 1 ? at : n]!);
  expect((await offline(swapped.join('\n'))).code).toBe(1);
}); // prettier-ignore

test('a chain is exported whole or not at all; exports of others are not there; too many at once are refused', async () => {
  const olivia = company.key('olivia');
  expect(await company.slugOf(auditExportsCreate, { format: 'evidence', actorId: 'x' }, olivia)).toBe('validation-failed');
  const { id } = await company.done(auditExportsCreate, { format: 'csv' }, olivia);
  expect(await company.slugOf(auditExportsGet, { id }, company.key('gustav'))).toBe('export-not-found');
  expect(await company.slugOf(auditExportsDownload, { id }, company.key('gustav'))).toBe('export-not-found');
  expect(await company.slugOf(auditExportsCreate, { format: 'csv' }, company.key('dana'))).toBe('permission-denied');
});

test('an export that was killed half-way is written again from its beginning, and has every entry once', async () => {
  const { ready, content } = await exported('ndjson');
  await company.databases.tenant({ tenantId }, async (db) => {
    await db.$client.query(`update audit_exports set state = 'running', sha256 = null where id = $1`, [ready.id]);
    await company.jobs.enqueue(db, 'export', { tenantId, exportId: ready.id });
  });
  company.jobs.wake('export');
  const olivia = company.key('olivia');
  await expect.poll(() => company.done(auditExportsGet, { id: ready.id }, olivia), { timeout: 60_000 }).toMatchObject({ state: 'done' });
  const again = await company.done(auditExportsDownload, { id: ready.id }, olivia);
  expect(await text(again.content as Readable)).toBe(content);
});

test('entries are found by each filter of the contract', async () => {
  await plant(['filtered']);
  await company.audit.flush();
  const olivia = company.key('olivia');
  const found = async (filters: object): Promise<string[]> => (await company.done(auditList, { limit: 200, ...filters }, olivia)).items.map(({ operation }) => operation);
  const both = async (yes: object, no: object): Promise<void> => {
    expect(await found(yes), JSON.stringify(yes)).toContain('devices.get');
    expect(await found(no), JSON.stringify(no)).not.toContain('devices.get');
  };
  const at = Date.now();
  await both({ eventType: 'devices.*' }, { eventType: 'device' });
  await both({ severity: 'info' }, { severity: 'critical' });
  await both({ actor: '=2+' }, { actor: 'olivia@acme.example' });
  await both({ resource: 'filtered' }, { resource: 'elsewhere' });
  await both({ resource: 'device' }, { resource: 'lamp' });
  await both({ environment: 'prod' }, { environment: 'lab' });
  await both({ ip: '192.0.2.66' }, { ip: '192.0.2.67' });
  await both({ requestId: 'r' }, { requestId: 's' });
  await both({ start: new Date(at - 60_000).toISOString() }, { start: new Date(at + 60_000).toISOString() });
  await both({ end: new Date(at + 60_000).toISOString() }, { end: new Date(at - 600_000).toISOString() });
  await company.refused(auditList, {}, company.key('dana'));
  await company.audit.flush();
  expect(await found({ text: 'audit read', result: 'denied' })).toContain('audit.list');
  expect(await found({ text: 'audit zebra', result: 'denied' })).toEqual([]);
}); // prettier-ignore
