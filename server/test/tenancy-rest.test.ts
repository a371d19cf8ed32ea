import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople, type DemoLogin } from '../src/demo-people.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';

let app: App;
let home: string;
let logins: DemoLogin[];
let acme: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-tenancy-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_PUBLIC_URL: 'https://switchyard.example',
    SWITCHYARD_BASE_DOMAIN: 'switchyard.example',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
  });
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  logins = await seedPeople(app.core, [], app.iam.passwords);
  acme = (await app.core.databases.platform('test', (db) => db.$client.query<{ id: string }>(`select id from tenants where slug = 'acme'`))).rows[0]!
    .id;
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  host?: string;
  who?: string;
  body?: object | Buffer;
  type?: string;
}
async function ask(path: string, { method = 'GET', host = 'switchyard.example', who, body, type }: Ask = {}) {
  const key = who && logins.find(({ email }) => email.startsWith(who))!.apiKey;
  const headers = { host, ...(key ? { authorization: `Bearer ${key}` } : {}), ...(type ? { 'content-type': type } : {}) };
  const response = await app.http.app.inject({ method, url: `/api/v1${path}`, headers, ...(body ? { payload: body } : {}) });
  return { status: response.statusCode, headers: response.headers, raw: response.rawPayload, body: response.headers['content-type']?.includes('json') ? response.json<Record<string, unknown>>() : {} };
} // prettier-ignore
const slug = ({ body }: { body: Record<string, unknown> }): string => String(body['type']).split('/').at(-1)!;

test('members have three addresses and one answer', async () => {
  const answers = await Promise.all(['/members', '/users', `/tenants/${acme}/users`].map((path) => ask(`${path}?search=dana`, { who: 'adam' })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const [dana] = answers[0]!.body['items'] as { id: string }[];
  for (const path of [`/users/${dana!.id}`, `/members/${dana!.id}`, `/tenants/${acme}/users/${dana!.id}`]) expect((await ask(path, { who: 'adam' })).body).toMatchObject({ id: dana!.id });
}); // prettier-ignore

test('the host name decides the tenant, and names that are nobody’s are not served', async () => {
  expect(await ask('/members', { who: 'adam', host: 'acme.switchyard.example' })).toMatchObject({ status: 200 });
  expect(slug(await ask('/members', { who: 'gustav', host: 'acme.switchyard.example' }))).toBe('tenant-not-found');
  expect(slug(await ask(`/tenants/${acme}/users`, { who: 'priya', host: 'globex.switchyard.example' }))).toMatch(/^tenant-(ambiguous|not-found)$/);
  for (const host of ['evil.example', 'nobody.switchyard.example', 'acme.switchyard.example.evil.example'])
    expect(slug(await ask('/members', { who: 'adam', host }))).toBe('host-denied');
});

test('a host name of a tenant is left by no surface: whoever is not of it is told nothing there, whatever they call', async () => {
  const mcp = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } } };
  const stream = { accept: 'text/event-stream' };
  const surfaces: { path: string; payload?: object; headers?: Record<string, string> }[] = [
    { path: '/api/v1/manifest' }, { path: '/api/v1/members' }, { path: '/api/v1/events', headers: stream }, { path: `/api/v1/changes/${acme}/events`, headers: stream },
    { path: `/api/v1/executions/${acme}/events`, headers: stream }, { path: '/api/v1/workflows/run/some', payload: {} }, { path: '/mcp', payload: mcp, headers: { accept: 'application/json, text/event-stream' } },
  ];
  const verdict = async (who: string, host: string, named: Record<string, string> = {}) =>
    Promise.all(surfaces.map(async ({ path, payload, headers }) => {
      const { apiKey } = logins.find(({ email }) => email.startsWith(who))!;
      const { statusCode, body } = await app.http.app.inject({ method: payload ? 'POST' : 'GET', url: path, headers: { ...headers, ...named, host, authorization: `Bearer ${apiKey}` }, ...(payload ? { payload } : {}) });
      return [path, statusCode, /tenant-(ambiguous|not-found)/.test(body)];
    }));
  const shut = surfaces.map(({ path }) => [path, expect.toBeOneOf([400, 403, 404, 409]) as number, true]);
  expect(await verdict('gustav', 'acme.switchyard.example')).toEqual(shut);
  // To name one’s own tenant beside the host name does not lead out of it either.
  expect(await verdict('gustav', 'acme.switchyard.example', { 'x-switchyard-tenant': 'globex' })).toEqual(shut);
}); // prettier-ignore

test('a logo comes as a file and goes out as a picture that no browser takes for anything else', async () => {
  const png = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#0055aaff' } })
    .png()
    .toBuffer();
  const stored = await ask(`/tenants/${acme}/branding/logo`, { method: 'PUT', who: 'olivia', body: png, type: 'image/png' });
  expect([stored.status, stored.body['logoUrl']]).toEqual([200, expect.stringContaining(`/public/tenants/${acme}/logo`)]);
  const shown = await ask(`/public/tenants/${acme}/logo`);
  expect([shown.status, shown.headers['content-type'], shown.headers['x-content-type-options']]).toEqual([200, 'image/webp', 'nosniff']);
  expect((await sharp(shown.raw).metadata()).format).toBe('webp');
  const face = await ask('/public/tenants/by-host?host=acme.switchyard.example');
  expect(face.body).toMatchObject({ tenant: { slug: 'acme' }, branding: { logoUrl: `/api/v1/public/tenants/${acme}/logo` } });
  expect(JSON.stringify(face.body)).not.toMatch(/owner|plan|member|email/i);
});

test('a proxy may ask for certificates of tenants’ names alone', async () => {
  expect((await ask('/public/domains/allowed?domain=acme.switchyard.example', { host: 'localhost' })).status).toBe(200);
  for (const domain of ['nobody.switchyard.example', 'evil.example', '..', 'a b']) expect((await ask(`/public/domains/allowed?domain=${encodeURIComponent(domain)}`)).status).toBe(404);
}); // prettier-ignore

test('settings carry their version as ETag, and an old one is refused', async () => {
  const { headers, body } = await ask(`/tenants/${acme}/settings`, { who: 'olivia' });
  expect(headers['etag']).toBe(`"${String(body['version'])}"`);
  const change = { method: 'PATCH', who: 'olivia', body: { notifications: { changesMail: false } }, type: 'application/json' } as const;
  expect((await ask(`/tenants/${acme}/settings`, change)).body).toMatchObject({ notifications: { changesMail: false } });
  const stale = await ask(`/tenants/${acme}/settings`, { ...change, body: { notifications: { changesMail: true }, version: body['version'] } });
  expect([stale.status, slug(stale)]).toEqual([412, 'version-conflict']);
});

test('an invitation is accepted by a person at either address, never by a key', async () => {
  const token = 'x'.repeat(43);
  for (const path of ['/invitations/accept', `/invitations/${token}/accept`]) {
    const body = path.includes(token) ? {} : { token };
    expect(slug(await ask(path, { method: 'POST', who: 'dana', body, type: 'application/json' }))).toBe('session-required');
  }
  expect(slug(await ask('/invitations/verify', { method: 'POST', body: { token }, type: 'application/json' }))).toBe('invitation-invalid');
});
