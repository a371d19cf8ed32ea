import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { authMe } from '#modules/identity/index.ts';
import { oauth, oauthAuthorize, oauthConsentApprove, oauthToken } from '#modules/oauth/index.ts';
import { bearer, createCompany } from './company.ts';

export const HOST = 'https://sy.example';
export const CALLBACK = 'http://127.0.0.1:4711/callback';
export const DOCUMENT = 'https://agent.example/client.json';
export const described = {
  client_id: DOCUMENT,
  client_name: 'Described agent',
  redirect_uris: ['https://agent.example/callback', CALLBACK],
  token_endpoint_auth_method: 'none',
};
type Level = 'read' | 'write' | 'high';
type Over = Record<string, string | undefined>;

export interface Pair {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  scope: string;
}

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};
export const asked = (over: Over = {}) => ({
  responseType: 'code', clientId: DOCUMENT, redirectUri: CALLBACK, scope: 'switchyard.read', state: 'xyz', challenge: pkce().challenge, challengeMethod: 'S256', resource: `${HOST}/mcp/acme`, ...over,
}); // prettier-ignore
export const slugOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((error: unknown) => error);
  return outcome instanceof Problem ? outcome.slug : `not refused: ${JSON.stringify(outcome)}`;
};
export const requestIn = (location: string): string => new URL(location).searchParams.get('request')!;

/** A company with the authorization server, metadata documents that a test writes, and Olivia in front of a browser. */
export async function createOAuthBench() {
  const documents: Record<string, { status: number; body: string }> = { [DOCUMENT]: { status: 200, body: JSON.stringify(described) } };
  const fetched: string[] = [];
  const company = await createCompany({
    modules: [oauth],
    works: true,
    agents: {
      publicUrl: HOST,
      registration: 'open',
      fetchDocument: async (url) => {
        fetched.push(url);
        const found = documents[url];
        if (!found) throw new Error('no such host');
        return new Response(found.body, { status: found.status });
      },
    },
  });
  const acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  const enter = async (): Promise<Credentials> => bearer((await company.signIn('olivia', { slug: 'acme' })).token!);

  /** As a program sends it to an endpoint of OAuth. */
  async function open<T>(operation: unknown, input: unknown): Promise<T> {
    const call = { surface: 'internal' as const, credentials: null, ip: '192.0.2.9', requestId: newId(), envelope: {} };
    const passed = await company.gate.pass(operation as never, input, call);
    if (passed.status !== 'done') throw new Error(passed.status);
    return passed.output as T;
  }
  const begin = (over: Over = {}) => open<{ location: string }>(oauthAuthorize, asked(over));
  const exchange = (code: string, verifier: string, over: Record<string, string> = {}) =>
    open<Pair>(oauthToken, { grantType: 'authorization_code', clientId: DOCUMENT, code, redirectUri: CALLBACK, verifier, ...over });

  const state = { olivia: await enter() };
  /** From the request to a code, as the person in front of the browser makes it. */
  async function consented(over: Over = {}, risk: Level = 'high', who: Credentials = state.olivia) {
    const { verifier, challenge } = pkce();
    const { location } = await begin({ challenge, scope: 'switchyard.high', ...over });
    const answer = await company.done(oauthConsentApprove, { request: requestIn(location), tenantId: acme, risk }, who);
    const back = new URL(answer.location);
    return { code: back.searchParams.get('code')!, verifier, back };
  }

  return {
    company,
    acme,
    documents,
    fetched,
    get olivia() {
      return state.olivia;
    },
    relogin: async (): Promise<void> => void (state.olivia = await enter()),
    open,
    begin,
    exchange,
    consented,
    refresh: (refreshToken: string, over: Record<string, string> = {}) =>
      open<Pair>(oauthToken, { grantType: 'refresh_token', clientId: DOCUMENT, refreshToken, ...over }),
    async connected(risk: Level = 'high'): Promise<Pair> {
      const { code, verifier } = await consented({}, risk);
      return exchange(code, verifier);
    },
    asAgent: (token: string, endpoint: string | undefined = `${HOST}/mcp/acme`, tenant = 'acme') =>
      company.gate.pass(
        authMe,
        {},
        { surface: 'mcp', credentials: bearer(token), ip: '192.0.2.9', requestId: newId(), envelope: {}, tenant, endpoint },
      ),
  };
}
