import { withoutCredentials, type OutboundRequest } from '#kernel/outbound-http.ts';
import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import { parsed, statusError, type Seen } from './answer.ts';
import { proofOf } from './auth.ts';
import { bodyOf } from './body.ts';
import { isRead, type Config } from './config.ts';

/** A page of an answer, and how it was come by. */
interface Page extends Seen {
  url: string;
  durationMs: number;
  bytes: number;
}

/** Where to ask: the address with its parameters. */
export function addressOf(url: string, query: readonly (readonly [string, string])[]): URL {
  if (!URL.canParse(url)) throw new NodeError('node-config-invalid', 'config', `"${url.slice(0, 200)}" is not an address.`);
  const address = new URL(url);
  for (const [name, value] of query) address.searchParams.append(name, value);
  return address;
}

const tlsOf = ({ verify, ca, clientCert, clientKey }: Config['tls']): NonNullable<OutboundRequest['tls']> => ({
  verify, ...(ca ? { ca } : {}), ...(clientCert ? { cert: clientCert } : {}), ...(clientKey ? { key: clientKey } : {}),
}); // prettier-ignore

const keyHeader = (run: NodeRun, config: Config): Record<string, string> =>
  config.idempotency === 'none' || (config.idempotency === 'auto' && isRead(config)) ? {} : { [config.idempotencyHeader]: run.idempotencyKey };

const isGood = (run: NodeRun, config: Config, seen: Seen): boolean => {
  const good = run.evaluate(config.successWhen, seen);
  if (typeof good !== 'boolean') throw new NodeError('type-error', 'expression', '`successWhen` answers true or false.');
  return good;
};

/** Names of parameters that carry a credential are not part of the address that people see. */
function shownUrl(url: string, hidden: readonly (readonly [string, string])[]): string {
  const shown = new URL(url);
  for (const [name] of hidden) shown.searchParams.delete(name);
  return shown.href;
}

/** One request. `origin`: where credentials belong; a page elsewhere is asked for without them. */
export async function ask(run: NodeRun, config: Config, address: URL, origin: string, left: number): Promise<Page> {
  const body = await bodyOf(config, run.files);
  const proof = await proofOf(run, config, body?.bytes ?? new Uint8Array());
  const isHome = address.origin === origin;
  const named = Object.fromEntries(config.headers.map(({ name, value = '', secret }) => [name.toLowerCase(), secret ?? value]));
  const traced = run.traceparent === undefined ? {} : { traceparent: run.traceparent };
  const all = { ...traced, ...(body ? { 'content-type': body.type } : {}), ...named, ...keyHeader(run, config), ...proof.headers };
  const url = isHome ? addressOf(address.href, proof.query).href : address.href;
  const from = performance.now();
  const answer = await outside(() =>
    run.provider(Egress).request(askerOf(run), {
      url,
      method: config.method,
      headers: isHome ? all : withoutCredentials(all),
      body: body?.bytes,
      timeoutMs: config.timeoutSeconds * 1_000,
      maxBytes: left,
      redirects: config.followRedirects,
      tls: isHome ? tlsOf(config.tls) : { verify: config.tls.verify },
      signal: run.signal,
    }),
  );
  if (answer.status === 401) proof.forget();
  const seen = { status: answer.status, headers: answer.headers, body: await parsed(answer, answer.status < 400 ? config.parse : 'auto', run.files) };
  if (!isGood(run, config, seen)) throw statusError(seen, run.now);
  const extracted: Json = config.extract === undefined ? seen.body : run.evaluate(config.extract, { ...seen, response: seen });
  return {
    ...seen,
    raw: seen.body,
    body: extracted,
    url: shownUrl(answer.url, proof.query),
    durationMs: Math.round(performance.now() - from),
    bytes: answer.body.length,
  };
}

const isObject = (value: Json | undefined): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The address of `{"url": …, "query": {…}}`: of the page before, where it says nothing else. */
function addressIn({ url, query }: Readonly<Record<string, Json>>, before: URL): URL {
  const address = new URL(typeof url === 'string' && URL.canParse(url, before.href) ? url : before.href, before.href);
  for (const [name, value] of isObject(query) ? Object.entries(query) : [])
    address.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return address;
}

/** Where the next page is; undefined when there is none. */
export function nextAddress(run: NodeRun, next: string, page: Page, before: URL): URL | undefined {
  const seen = { status: page.status, headers: page.headers, body: page['raw'] ?? null };
  const found = run.evaluate(next, { ...seen, response: seen });
  if (found === null || found === '' || found === false) return undefined;
  if (typeof found === 'string' && URL.canParse(found, before.href)) return new URL(found, before.href);
  if (isObject(found)) return addressIn(found, before);
  throw new NodeError('type-error', 'expression', '`next` answers an address, `{"query": {…}}` or null.');
}
