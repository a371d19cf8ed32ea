import { NodeError, type FileValue, type NodeRun } from '../declare.ts';
import type { Json } from '../../graph.ts';
import type { Config } from './config.ts';

export interface Body {
  bytes: Uint8Array;
  type: string;
}

const wrong = (message: string): NodeError => new NodeError('node-config-invalid', 'config', message);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const isFile = (value: Json | undefined): value is Json & FileValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value['$file'] === 'string';

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const fieldsOf = (body: Json): [string, Json][] => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw wrong('The body of a form is an object.');
  return Object.entries(body).flatMap(([name, value]) => (Array.isArray(value) ? value.map((one): [string, Json] => [name, one]) : [[name, value] as [string, Json]]));
}; // prettier-ignore

/** A text that is JSON already goes as it is. */
function jsonOf(body: Json): string {
  if (typeof body !== 'string') return JSON.stringify(body);
  try {
    JSON.parse(body);
    return body;
  } catch {
    return JSON.stringify(body);
  }
}

const form = (body: Json): Body => ({
  bytes: bytesOf(new URLSearchParams(fieldsOf(body).map(([name, value]): [string, string] => [name, textOf(value)])).toString()),
  type: 'application/x-www-form-urlencoded',
});

async function multipart(body: Json, files: NodeRun['files']): Promise<Body> {
  const data = new FormData();
  for (const [name, value] of fieldsOf(body)) {
    if (isFile(value)) data.append(name, new Blob([Buffer.from(await files.get(value))], { type: value.mime }), value.name);
    else data.append(name, textOf(value));
  }
  const packed = new Response(data);
  return { type: packed.headers.get('content-type')!, bytes: new Uint8Array(await packed.arrayBuffer()) };
}

async function file(body: Json, files: NodeRun['files']): Promise<Body> {
  if (!isFile(body)) throw wrong('The body is not a file.');
  return { bytes: await files.get(body), type: body.mime };
}

/** What is sent, and as what; undefined when nothing is. */
export async function bodyOf({ bodyType, body = null }: Pick<Config, 'bodyType' | 'body'>, files: NodeRun['files']): Promise<Body | undefined> {
  switch (bodyType) {
    case 'none':
      return undefined;
    case 'json':
      return { bytes: bytesOf(jsonOf(body)), type: 'application/json' };
    case 'graphql':
      return { bytes: bytesOf(JSON.stringify(typeof body === 'string' ? { query: body } : body)), type: 'application/json' };
    case 'form':
      return form(body);
    case 'multipart':
      return multipart(body, files);
    case 'xml':
      return { bytes: bytesOf(textOf(body)), type: 'application/xml; charset=utf-8' };
    case 'text':
      return { bytes: bytesOf(textOf(body)), type: 'text/plain; charset=utf-8' };
    case 'file':
      return file(body, files);
  }
}
