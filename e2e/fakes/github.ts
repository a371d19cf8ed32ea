import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GithubPerson {
  id: number;
  login: string;
  name: string | null;
  emails: { email: string; primary: boolean; verified: boolean; visibility?: string | null }[];
}
export interface GithubOptions {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  people: GithubPerson[];
  port?: number;
  /** Largest page that it gives. */
  pageSize?: number;
}
interface Code {
  person: number;
  scopes: string[];
  challenge: string | undefined;
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request) text += String(part);
  return new URLSearchParams(text);
}

/**
 * GitHub as far as signing in needs it, with its own rules: errors of the token endpoint come with 200, answers are urlencoded unless
 * JSON is asked for, the API refuses requests without a User-Agent, scopes that were granted stand in a header, and lists have pages.
 */
export async function startGithub({ clientId, clientSecret, redirectUri, people, port = 0, pageSize = 2 }: GithubOptions) {
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Pick<Code, 'person' | 'scopes'>>();
  const seen: { path: string; parameters: Record<string, string> }[] = [];
  let current = people[0]!.id;
  let granted: string[] | undefined;
  let refuses = false;
  let down = false;
  const server = createServer((request, response) => void serve(request, response));
  server.listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void =>
    void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));

  function authorize(url: URL, response: ServerResponse): void {
    const back = new URL(url.searchParams.get('redirect_uri') ?? redirectUri);
    if (url.searchParams.get('client_id') !== clientId) return json(response, 404, { message: 'Not Found' });
    if (back.href !== redirectUri) return json(response, 200, { error: 'redirect_uri_mismatch' });
    const state = url.searchParams.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (refuses) {
      for (const [name, value] of [['error', 'access_denied'], ['error_description', 'The user has denied your application access.']]) back.searchParams.set(name!, value!); // prettier-ignore
      return void response.writeHead(302, { location: back.href }).end();
    }
    const code = randomBytes(10).toString('hex');
    const scopes = granted ?? (url.searchParams.get('scope') ?? '').split(/[ ,]+/).filter(Boolean);
    codes.set(code, { person: current, scopes, challenge: url.searchParams.get('code_challenge') ?? undefined });
    back.searchParams.set('code', code);
    response.writeHead(302, { location: back.href }).end();
  }

  function tokenFault(form: URLSearchParams, code: Code | undefined): string | undefined {
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return 'incorrect_client_credentials';
    if (!code) return 'bad_verification_code';
    if (form.get('redirect_uri') !== null && form.get('redirect_uri') !== redirectUri) return 'redirect_uri_mismatch';
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    return code.challenge !== undefined && challenge !== code.challenge ? 'bad_verification_code' : undefined;
  }

  function exchange(form: URLSearchParams, accept: string, response: ServerResponse): void {
    const found = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const fault = tokenFault(form, found);
    const token = `gho_${randomBytes(18).toString('hex')}`;
    if (!fault) tokens.set(token, found!);
    const body: Record<string, string> = fault
      ? { error: fault, error_description: 'The code passed is incorrect or expired.', error_uri: `${origin}/docs` }
      : { access_token: token, token_type: 'bearer', scope: found!.scopes.join(',') };
    // 200 in both cases.
    if (accept.includes('application/json')) return json(response, 200, body);
    response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }).end(new URLSearchParams(body).toString());
  }

  function api(url: URL, request: IncomingMessage, response: ServerResponse): void {
    if (!request.headers['user-agent']) return void response.writeHead(403).end('Request forbidden by administrative rules.');
    const grant = tokens.get((request.headers.authorization ?? '').replace(/^(Bearer|token) /, ''));
    if (!grant) return json(response, 401, { message: 'Bad credentials' });
    const headers = { 'x-oauth-scopes': grant.scopes.join(', ') };
    const person = people.find((one) => one.id === grant.person)!;
    if (url.pathname === '/api/v3/user')
      return json(response, 200, { id: person.id, login: person.login, name: person.name, email: null, type: 'User' }, headers);
    if (url.pathname !== '/api/v3/user/emails' || !grant.scopes.some((one) => one === 'user' || one === 'user:email'))
      return json(response, 404, { message: 'Not Found' }, headers);
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), pageSize);
    const page = Number(url.searchParams.get('page') ?? 1);
    const rest = person.emails.length > page * size;
    json(response, 200, person.emails.slice((page - 1) * size, page * size), {
      ...headers,
      ...(rest ? { link: `<${origin}${url.pathname}?per_page=${size}&page=${page + 1}>; rel="next", <${origin}${url.pathname}>; rel="first"` } : {}),
    });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const form = request.method === 'POST' ? await bodyOf(request) : url.searchParams;
    seen.push({ path: url.pathname, parameters: Object.fromEntries(form) });
    if (down) return void response.writeHead(502).end('<html>Unicorn!</html>');
    if (url.pathname === '/login/oauth/authorize') return authorize(url, response);
    if (url.pathname === '/login/oauth/access_token') return exchange(form, request.headers.accept ?? '', response);
    api(url, request, response);
  }

  return {
    url: origin,
    seen,
    as: (id: number): void => void (current = id),
    /** Scopes that the person leaves ticked; undefined for those that are asked for. */
    grants: (scopes: string[] | undefined): void => void (granted = scopes),
    refuses: (yes: boolean): void => void (refuses = yes),
    goes: (next: 'up' | 'down'): void => void (down = next === 'down'),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Github = Awaited<ReturnType<typeof startGithub>>;
