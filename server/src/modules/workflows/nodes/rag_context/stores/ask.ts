import { outside } from '../../../egress/faults.ts';
import { Egress } from '../../../egress/port.ts';
import { askerOf } from '../../../egress/store.ts';
import type { Json } from '../../../graph.ts';
import { NodeError } from '../../declare.ts';
import { retryAfterSeconds } from '../../http_api/answer.ts';
import { isFields } from '../../values.ts';
import { wrong, type Place } from './port.ts';

const TIMEOUT_MS = 20_000;
/** Bytes of an answer: fifty passages, with room for what lies beside them. */
const MAX_BYTES = 10 * 1_048_576;
/** Characters of what a store says of its refusal. */
const SHOWN = 400;

export type Fields = { [name: string]: Json };
export const fieldsIn = (value: Json | undefined): Fields => (isFields(value) ? value : {});
export const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** An address below that of the store. Names are parts of it, whatever they are made of. */
export function below({ endpoint }: Pick<Place, 'endpoint'>, ...parts: readonly string[]): string {
  if (!URL.canParse(endpoint) || !/^https?:\/\//i.test(endpoint)) throw wrong(`"${endpoint.slice(0, 200)}" is not an address: it begins with https:// or http://.`);
  const { origin, pathname } = new URL(endpoint);
  // Dots alone would lead elsewhere.
  const odd = parts.find((part) => part === '' || /^\.+$/.test(part));
  if (odd !== undefined) throw wrong(`"${odd}" is not a name.`);
  return [origin + pathname.replace(/\/+$/, ''), ...parts.map(encodeURIComponent)].join('/');
} // prettier-ignore

export const hostOf = ({ endpoint }: Pick<Place, 'endpoint'>): string => new URL(endpoint).host;

function parsed(bytes: Uint8Array): Json {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The words of a refusal: each store has a place of its own for them. */
function wordsOf(body: Json): string {
  const { status, error, message } = fieldsIn(body);
  const first = fieldsIn(listIn(error)[0])['message'];
  const found = [fieldsIn(status)['error'], message, first, fieldsIn(error)['message'], error].find((one) => typeof one === 'string' && one !== '');
  return typeof found === 'string' ? found : typeof body === 'string' ? body : JSON.stringify(body);
}

/** What a store says of us may hold what we proved ourselves with. */
export const shown = (words: string, { apiKey }: Pick<Place, 'apiKey'>): string =>
  (apiKey === undefined || apiKey === '' ? words : words.replaceAll(apiKey, '[key]')).replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);

const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/** A refusal. What was not found is said by whoever asked for it. */
function refusalOf(status: number, words: string, place: Place, missing: string): NodeError {
  const [host, said] = [hostOf(place), shown(words, place)];
  const details = { details: { status, said } };
  if (status === 401 || status === 403)
    return new NodeError('http-status', 'auth', `${host} refuses the key (${status}): ${place.apiKey === undefined ? 'none is set' : 'see that it is the right one and may read'}.`, details);
  if (status === 404) return new NodeError('node-config-invalid', 'config', missing, details);
  if (status >= 300 && status < 400) return new NodeError('node-config-invalid', 'config', `${host} answers from elsewhere (${status}): name the address where the store itself answers.`, details);
  return new NodeError('http-status', isPassing(status) ? 'transient' : 'validation', `${host} answered ${status}: ${said}`, details);
} // prettier-ignore

export interface Request {
  method?: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: Json;
  /** What is said when it is not there. */
  missing: string;
}

/**
 * Asks a store, by the tenant's way out. Redirects are not followed, since the key would not go along. Throws NodeError: `http-status` of
 * class `auth` (401, 403), `transient` (408, 425, 429, 5xx; `Retry-After` is heeded) or `validation`; `node-config-invalid` for 404.
 */
export async function askStore(place: Place, { method = 'POST', url, headers, body, missing }: Request): Promise<Fields> {
  const { run } = place;
  const answer = await outside(() =>
    run.provider(Egress).request(askerOf(run), {
      url,
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      redirects: 0,
      signal: run.signal,
    }),
  );
  const found = parsed(answer.body);
  if (answer.status < 300 && isFields(found)) return found;
  if (answer.status < 300) throw new NodeError('http-body', 'validation', `${hostOf(place)} does not answer as such a store does: see that the address is right.`);
  const fault = refusalOf(answer.status, wordsOf(found), place, missing);
  const wait = retryAfterSeconds(answer.headers['retry-after'], run.now);
  throw wait === undefined ? fault : new NodeError(fault.type, fault.class, fault.message, { ...(fault.details === undefined ? {} : { details: fault.details }), retryAfterSeconds: wait });
} // prettier-ignore
