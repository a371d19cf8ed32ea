import ipaddr from 'ipaddr.js';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../../graph.ts';
import type { Headers } from './signature.ts';

/** Never kept: what proves who somebody is, here or elsewhere, and what concerns the connection alone. */
const DENIED: ReadonlySet<string> = new Set([
  'authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'x-switchyard-tenant', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade',
  'te', 'trailer',
]); // prettier-ignore
const MOST_HEADERS = 60;
const LONGEST = 2_048;

/** Headers as the execution may see them: names in small letters, without what is denied and without the one that carries the secret. */
export function shownHeaders(headers: Headers, secretHeader: string | undefined): Record<string, string> {
  const hidden = secretHeader?.toLowerCase();
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !DENIED.has(name) && name !== hidden)
      .slice(0, MOST_HEADERS)
      .map(([name, value]) => [name, [value!].flat().join(', ').slice(0, LONGEST)]),
  );
}

const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const readJson = (text: string): Json =>
  JSON.parse(text, (name, value: Json) => {
    if (DANGEROUS.has(name)) throw new SyntaxError(`a field is called ${name}`);
    return value;
  }) as Json;

/** Fields of a form or a query; one that is there several times is a list. */
export function fieldsOf(params: URLSearchParams): Record<string, Json> {
  const fields: Record<string, Json> = {};
  for (const name of new Set(params.keys())) {
    if (DANGEROUS.has(name)) continue;
    const values = params.getAll(name);
    fields[name] = values.length === 1 ? values[0]! : values;
  }
  return fields;
}

/** The body as its type says; null for none. Throws `malformed-request` and `unsupported-media`. */
export function bodyOf(type: string | undefined, bytes: Uint8Array): Json {
  if (bytes.length === 0) return null;
  const kind = (type ?? 'application/json').split(';')[0]!.trim().toLowerCase();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (kind === 'application/json' || kind.endsWith('+json')) {
    try {
      return readJson(text);
    } catch {
      throw new Problem('malformed-request', 'The body is not valid JSON.');
    }
  }
  if (kind === 'application/x-www-form-urlencoded') return fieldsOf(new URLSearchParams(text));
  if (kind.startsWith('text/') || kind.endsWith('/xml') || kind.endsWith('+xml') || kind === 'application/x-ndjson') return text;
  throw new Problem('unsupported-media', 'Send the body as JSON, as a form, or as text; or have the trigger hand it on as it came.');
}

/** Is the address in one of the ranges? A range without a length is that one address. */
export function isWithin(ip: string, cidrs: readonly string[]): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return cidrs.some((cidr) => {
    const [network, length] = cidr.includes('/') ? ipaddr.parseCIDR(cidr) : ([ipaddr.parse(cidr), undefined] as const);
    if (network.kind() !== address.kind()) return false;
    return address.match(network, length ?? (network.kind() === 'ipv4' ? 32 : 128));
  });
}
