import { createHash, createHmac } from 'node:crypto';
import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import type { Config } from './config.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** A credential that `auth` needs and that is not there. */
function given(value: string | undefined, what: string): string {
  if (value === undefined || value === '') throw new NodeError('secret-missing', 'config', `The ${what} is missing.`);
  return value;
}

interface Token {
  value: string;
  until: number;
}
/** Tokens of outside servers by what they were asked with, so that loops do not ask for each turn; lost with the process. */
const tokens = new Map<string, Token>();
const MOST_TOKENS = 1_000;
/** Milliseconds before its end at which a token is not used any more, and how long one lasts that does not say. */
const SPARE = 30_000;
const UNSAID = 60_000;
const TOKEN_BYTES = 65_536;

/** RFC 6749, 4.4. */
async function askForToken(run: NodeRun, { credentials, tls, timeoutSeconds }: Config, id: string, secret: string): Promise<Token> {
  const answer = await outside(() =>
    run.provider(Egress).request(askerOf(run), {
      url: given(credentials.tokenUrl, 'address of tokens'),
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${encoded(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
      },
      body: new TextEncoder().encode(new URLSearchParams({ grant_type: 'client_credentials', ...(credentials.scope ? { scope: credentials.scope } : {}) }).toString()),
      timeoutMs: timeoutSeconds * 1_000,
      maxBytes: TOKEN_BYTES,
      redirects: 0,
      tls: { verify: tls.verify, ...(tls.ca === undefined ? {} : { ca: tls.ca }) },
      signal: run.signal,
    }),
  );
  const said = jsonObject(answer.body);
  const { access_token: value, expires_in: seconds } = said;
  if (answer.status !== 200 || typeof value !== 'string' || value === '') {
    const why = typeof said['error'] === 'string' ? `: ${said['error'].slice(0, 100)}` : '';
    throw new NodeError('http-status', answer.status >= 500 || answer.status === 429 ? 'transient' : 'auth', `The server of tokens answered ${answer.status}${why}.`);
  }
  return { value, until: Date.now() + (Number(seconds) > 0 ? Number(seconds) * 1_000 - SPARE : UNSAID) };
} // prettier-ignore

function jsonObject(bytes: Uint8Array): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const digest = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

async function tokenOf(run: NodeRun, config: Config): Promise<{ value: string; key: string }> {
  const { clientId, clientSecret, tokenUrl, scope } = config.credentials;
  const [id, secret] = [given(clientId, 'client'), given(clientSecret, 'secret of the client')];
  const key = digest([run.tenantId, tokenUrl, id, secret, scope]);
  const kept = tokens.get(key);
  if (kept && kept.until > Date.now()) return { value: kept.value, key };
  const token = await askForToken(run, config, id, secret);
  tokens.delete(key);
  tokens.set(key, token);
  if (tokens.size > MOST_TOKENS) tokens.delete(tokens.keys().next().value!);
  return { value: token.value, key };
}

function signed(
  { signingKey, algorithm, signatureHeader, timestampHeader }: Config['credentials'],
  body: Uint8Array,
  now: Date,
): Record<string, string> {
  const hmac = createHmac(algorithm, given(signingKey, 'signing key'));
  const seconds = String(Math.floor(now.getTime() / 1_000));
  if (timestampHeader !== undefined) hmac.update(`${seconds}.`);
  const signature = `${algorithm}=${hmac.update(body).digest('hex')}`;
  return { [signatureHeader]: signature, ...(timestampHeader === undefined ? {} : { [timestampHeader]: seconds }) };
}

export interface Proof {
  headers: Record<string, string>;
  query: [string, string][];
  /** The other side did not believe it: it is not used again. */
  forget: () => void;
}

/** What the request proves itself with. */
export async function proofOf(run: NodeRun, config: Config, body: Uint8Array): Promise<Proof> {
  const { auth, credentials } = config;
  const headers = (found: Record<string, string>): Proof => ({ headers: found, query: [], forget: () => undefined });
  switch (auth) {
    case 'none':
      return headers({});
    case 'basic':
      return headers({ authorization: `Basic ${encoded(`${given(credentials.username, 'user')}:${given(credentials.password, 'password')}`)}` });
    case 'bearer':
      return headers({ authorization: `Bearer ${given(credentials.token, 'token')}` });
    case 'apikey': {
      const pair: [string, string] = [given(credentials.name, 'name of the key'), given(credentials.key, 'key')];
      return credentials.in === 'header' ? headers(Object.fromEntries([pair])) : { ...headers({}), query: [pair] };
    }
    case 'hmac':
      return headers(signed(credentials, body, run.now));
    case 'oauth2_client': {
      const { value, key } = await tokenOf(run, config);
      return { headers: { authorization: `Bearer ${value}` }, query: [], forget: () => void tokens.delete(key) };
    }
  }
}
