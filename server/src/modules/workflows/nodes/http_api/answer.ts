import Papa from 'papaparse';
import type { OutboundAnswer } from '#kernel/outbound-http.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import type { Config } from './config.ts';
import { parseXml, XmlFault } from './xml.ts';

/** What expressions see of an answer. */
export interface Seen {
  [name: string]: Json;
  status: number;
  headers: Record<string, string>;
  body: Json;
}

const typeOf = (headers: Record<string, string>): string => (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

function textOf({ body, headers }: OutboundAnswer): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body); // a charset that nobody knows
  }
}

const unreadable = (as: string, why: string): NodeError => new NodeError('http-body', 'validation', `The answer is not ${as}: ${why}`);

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw unreadable('JSON', (error as Error).message.slice(0, 200));
  }
}

function xmlOf(text: string): Json {
  try {
    return parseXml(text);
  } catch (error) {
    throw error instanceof XmlFault ? unreadable('XML', error.message) : error;
  }
}

/** Rows by the names in the first line. */
export function csvOf(text: string): Json {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: 'greedy' });
  const bad = errors.find(({ type }) => type === 'Quotes');
  if (bad) throw unreadable('CSV', `${bad.message} in row ${(bad.row ?? 0) + 2}`);
  return data;
}

/** From the address, as browsers do when nothing better is said. */
function fileNameOf({ headers, url }: OutboundAnswer): string {
  const said = /filename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1];
  return (said ?? new URL(url).pathname.split('/').at(-1) ?? '').replaceAll(/[^\w .-]/g, '_').slice(0, 100) || 'answer';
}

const isJson = (type: string): boolean => type === 'application/json' || type.endsWith('+json');
const isText = (type: string): boolean =>
  type === '' || type.startsWith('text/') || type.endsWith('xml') || type === 'application/x-www-form-urlencoded' || type === 'application/javascript' || type === 'application/yaml'; // prettier-ignore

const isFile = ({ body, headers }: OutboundAnswer, parse: Config['parse']): boolean => {
  const type = typeOf(headers);
  return parse === 'file' || (parse === 'auto' && body.length > 0 && !isJson(type) && !isText(type));
};

const READERS: Readonly<Record<'json' | 'xml' | 'csv' | 'text', (text: string) => Json>> = {
  json: jsonOf,
  xml: xmlOf,
  csv: csvOf,
  text: (text) => text,
};

/** The body as it is handed on. What says that it is JSON and is not stays text when nobody asked for JSON. */
export async function parsed(answer: OutboundAnswer, parse: Config['parse'], files: NodeRun['files']): Promise<Json> {
  const type = typeOf(answer.headers);
  if (parse === 'file' || isFile(answer, parse))
    return { ...(await files.put(answer.body, { name: fileNameOf(answer), mime: type || 'application/octet-stream' })) };
  if (answer.body.length === 0) return null;
  const text = textOf(answer);
  if (parse !== 'auto') return READERS[parse](text);
  return isJson(type) ? looseJson(text) : text;
}

function looseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Statuses that pass by themselves (workflows.md 6.3). */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const classOf = (status: number) => {
  if (TRANSIENT.has(status)) return 'transient';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 409 || status === 412) return 'conflict';
  return status >= 500 ? 'provider' : 'validation';
};

/** Seconds that the other side asks us to wait: a number, or a date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) : Math.ceil((Date.parse(value) - now.getTime()) / 1_000);
  return Number.isNaN(seconds) || seconds < 0 ? undefined : seconds;
}

const SHOWN = 2_000;

/** An answer that is no success. What the other side said comes along: it is what people look for first. */
export function statusError({ status, headers, body }: Seen, now: Date): NodeError {
  const said = typeof body === 'string' ? body.slice(0, SHOWN) : JSON.stringify(body).slice(0, SHOWN);
  const wait = retryAfterSeconds(headers['retry-after'], now);
  const why = status >= 400 ? `The answer was ${status}.` : `The answer was ${status}, which \`successWhen\` does not take for a success.`;
  return new NodeError('http-status', status >= 400 ? classOf(status) : 'validation', why, {
    details: { status, body: said },
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}
