import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport, type OAuthClientProvider } from '@modelcontextprotocol/client';
import { pino } from 'pino';
import { loadConfig } from '#kernel/config.ts';
import { createApp, type App } from '../src/app.ts';
import { seedPeople, type DemoLogin } from '../src/demo-people.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The whole product over HTTP, reached under the address that it calls itself by. */
export async function createAgentWorld(environment: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'switchyard-agents-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_DEMO: 'true',
    SWITCHYARD_PUBLIC_URL: url,
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
    SWITCHYARD_DNS_PORT: '0',
    SWITCHYARD_OAUTH_REGISTRATION: 'open',
    ...environment,
  });
  const app: App = await createApp({
    config,
    databaseUrl: await cloneDatabase(),
    log: pino({ level: 'silent' }),
    version: '0.0.0-test',
    works: true,
  });
  await app.core.work();
  const logins: DemoLogin[] = await seedPeople(app.core, [], app.iam.passwords);
  await app.http.app.listen({ host: '127.0.0.1', port });

  const loginOf = (name: string): DemoLogin => logins.find(({ email }) => email.startsWith(name))!;

  /** REST as a person in a session. */
  async function session(name: string, tenant = 'acme') {
    const { email, password } = loginOf(name);
    const answer = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, tenant, tokenType: 'bearer' }),
    });
    const { token } = (await answer.json()) as { token: string };
    const call = async (method: string, path: string, body?: unknown) => {
      const got = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- answers are read field by field
      return { status: got.status, body: (await got.json()) as any };
    };
    return { token, call };
  }
  type Session = Awaited<ReturnType<typeof session>>;

  /** What the browser of a person does between a program and us: sees the page, says yes. Answers the callback's parameters. */
  async function consent(
    authorizationUrl: URL,
    person: Session,
    { risk = 'high', tenant }: { risk?: string; tenant?: string } = {},
  ): Promise<URLSearchParams> {
    const sent = await fetch(authorizationUrl, { redirect: 'manual' });
    const page = new URL(sent.headers.get('location')!);
    const request = page.searchParams.get('request');
    if (!request) return page.searchParams;
    const shown = await person.call('POST', '/oauth/consent', { request });
    const { id } = (shown.body.tenants as { id: string; slug: string }[]).find((one) => tenant === undefined || one.slug === tenant)!;
    const { status, body } = await person.call('POST', '/oauth/consent/approve', { request, tenantId: id, risk });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return new URL(body.location).searchParams;
  }

  return {
    url,
    app,
    loginOf,
    session,
    consent,
    async close() {
      await app.http.app.close();
      await app.core.stop(5_000);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
export type AgentWorld = Awaited<ReturnType<typeof createAgentWorld>>;

const CALLBACK = 'http://127.0.0.1:39999/callback';

/** What a program keeps of its connection, as the official SDK asks for it. */
export interface Kept extends OAuthClientProvider {
  asked: URL | undefined;
  kept: { access_token: string; refresh_token?: string; scope?: string } | undefined;
}
export function keeper(name: string, scope?: string): Kept {
  let information: Awaited<ReturnType<OAuthClientProvider['clientInformation']>>;
  let verifier = '';
  const provider: Kept = {
    asked: undefined,
    kept: undefined,
    redirectUrl: CALLBACK,
    clientMetadata: { client_name: name, redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'none', ...(scope ? { scope } : {}) },
    state: () => 'state-of-the-test',
    clientInformation: () => information,
    saveClientInformation: (made) => void (information = made),
    tokens: () => provider.kept as never,
    saveTokens: (tokens) => void (provider.kept = tokens as never),
    redirectToAuthorization: (url) => void (provider.asked = url),
    saveCodeVerifier: (made) => void (verifier = made),
    codeVerifier: () => verifier,
    invalidateCredentials: () => void (provider.kept = undefined),
  };
  return provider;
} // prettier-ignore

export type Era = '2025' | '2026';
export interface Capable {
  capabilities?: Record<string, unknown>;
}

/** A program of the official SDK at an endpoint, with the whole OAuth flow where it has no token yet. */
export async function connectAgent(
  world: AgentWorld,
  { endpoint, provider, person, risk = 'high', tenant, era = '2026', capabilities = {} }: { endpoint: string; provider: Kept; person: Awaited<ReturnType<AgentWorld['session']>>; risk?: string; tenant?: string; era?: Era } & Capable,
): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const make = () => new Client({ name: 'agent', version: '1' }, { ...(era === '2026' ? { versionNegotiation: { mode: 'auto' as const } } : {}), capabilities });
  const first = new StreamableHTTPClientTransport(new URL(endpoint), { authProvider: provider });
  const refused = await make().connect(first).catch((error: unknown) => error as Error);
  if (!provider.asked) throw refused instanceof Error ? refused : new Error('nobody was asked');
  const answer = await world.consent(provider.asked, person, { risk, ...(tenant ? { tenant } : {}) });
  await first.finishAuth(answer);
  const transport = new StreamableHTTPClientTransport(new URL(endpoint), { authProvider: provider });
  const client = make();
  await client.connect(transport);
  return { client, transport };
} // prettier-ignore
