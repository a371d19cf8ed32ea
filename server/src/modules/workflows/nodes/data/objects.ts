import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type Result } from '../declare.ts';
import { parsed } from '../http_api/answer.ts';
import { bodyOf, isFile, type Body } from '../http_api/body.ts';
import type { Config } from './config.ts';
import { answer, isWanted, wantedOf, type Row } from './rows.ts';
import { askS3, xmlOf } from './s3.ts';

/** Bytes: of one object, and of one page of a list, which has a thousand keys of a kilobyte at most. */
const MAX_OBJECT = 26_214_400;
const MAX_PAGE = 5_242_880;
/** Keys of one page (S3 API Reference, ListObjectsV2), and pages that an expression looks through. */
const PAGE = 1_000;
const MOST_PAGES = 100;

const needed = (value: string | undefined, what: string): string => {
  if (!value) throw new NodeError('node-config-invalid', 'config', `Say ${what}.`);
  return value;
};

const bucketOf = ({ bucket }: Config): string => needed(bucket, 'which bucket');

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const strange = (status: number): NodeError =>
  new NodeError('s3-error', 'provider', 'The answer is no list of a bucket.', { details: { status, code: '' } });

/** Keys come escaped as in forms, since XML has no place for some of what stands in them. */
function keyOf(value: Json | undefined): string {
  try {
    return decodeURIComponent(textOf(value).replaceAll('+', '%20'));
  } catch {
    throw strange(200);
  }
}
const bare = (etag: string): string => etag.replaceAll('"', '');

const asRow = (content: Row): Row => ({
  key: keyOf(content['Key']),
  size: Number(content['Size']),
  lastModified: textOf(content['LastModified']),
  etag: bare(textOf(content['ETag'])),
});

interface Page {
  rows: Row[];
  /** Where the next page begins; undefined after the last. */
  next: string | undefined;
}

async function pageOf(run: NodeRun, config: Config, from: string | undefined): Promise<Page> {
  const most = config.where === undefined ? Math.min(config.limit, PAGE) : PAGE;
  const query = {
    'list-type': '2',
    'encoding-type': 'url',
    'max-keys': String(most),
    ...(config.prefix ? { prefix: config.prefix } : {}),
    ...(from === undefined ? {} : { 'continuation-token': from }),
  };
  const found = await askS3(run, config.connection, { method: 'GET', bucket: bucketOf(config), query, maxBytes: MAX_PAGE });
  const said = xmlOf(found, 'ListBucketResult') as Row | undefined;
  if (said === undefined) throw strange(found.status);
  const contents = said['Contents'] ?? [];
  const rows = (Array.isArray(contents) ? contents : [contents]).map((content) => asRow(content as Row));
  if (said['IsTruncated'] !== 'true') return { rows, next: undefined };
  const next = textOf(said['NextContinuationToken']);
  if (next === '') throw strange(found.status);
  return { rows, next };
} // prettier-ignore

async function list(run: NodeRun, config: Config): Promise<Result> {
  const wanted: Row[] = [];
  let from: string | undefined;
  let seen = 0;
  for (let page = 1; ; page++) {
    const { rows, next } = await pageOf(run, config, from);
    for (const row of rows) if (wanted.length < config.limit && isWanted(run, config.where, row, seen++)) wanted.push(row);
    if (next === undefined || wanted.length === config.limit) return answer(wanted);
    if (page === MOST_PAGES) throw new NodeError('limit-exceeded', 'limit', `An expression looks at ${MOST_PAGES * PAGE} keys at most; narrow them by \`prefix\`.`);
    run.progress(`page ${page + 1}`);
    from = next;
  }
} // prettier-ignore

async function get(run: NodeRun, config: Config): Promise<Result> {
  const { connection, key, parse, where, limit } = config;
  const found = await askS3(run, connection, { method: 'GET', bucket: bucketOf(config), key: needed(key, 'which key'), maxBytes: MAX_OBJECT });
  const content = await parsed(found, parse, run.files);
  const nothing = { rows: [], count: 0, affected: 0 };
  if (isFile(content)) return { output: { ...nothing, file: content } };
  if (content === null || typeof content === 'string') return { output: { ...nothing, text: content ?? '' } };
  return answer(wantedOf(run, Array.isArray(content) ? content : [content], where, limit));
}

/** What is written: a file as it is, a text as text, everything else as JSON. */
async function contentOf(run: NodeRun, { values }: Config): Promise<Body> {
  const body = run.evaluate(values);
  const bodyType = isFile(body) ? 'file' : typeof body === 'string' ? 'text' : 'json';
  return (await bodyOf({ bodyType, body }, run.files))!;
}

async function put(run: NodeRun, config: Config): Promise<Result> {
  const body = await contentOf(run, config);
  const key = needed(config.key, 'which key');
  const { headers } = await askS3(run, config.connection, { method: 'PUT', bucket: bucketOf(config), key, body, maxBytes: MAX_PAGE });
  return answer([{ key, size: body.bytes.length, etag: bare(headers['etag'] ?? '') }], 1);
}

/** S3 does not tell whether there was one; it is gone now. */
async function remove(run: NodeRun, config: Config): Promise<Result> {
  await askS3(run, config.connection, { method: 'DELETE', bucket: bucketOf(config), key: needed(config.key, 'which key'), maxBytes: MAX_PAGE });
  return answer([], 1);
}

const ACTIONS: Readonly<Record<string, (run: NodeRun, config: Config) => Promise<Result>>> = { list, get, put, delete: remove };
export const askObjects = (run: NodeRun, config: Config): Promise<Result> => ACTIONS[config.action]!(run, config);

/** What a dry run tells; nothing of the connection. */
export async function wouldDo(run: NodeRun, config: Config): Promise<Record<string, Json>> {
  const { action, bucket = null, key = null, prefix = null } = config;
  if (action === 'list') return { kind: 'object', source: 's3', action, bucket, prefix };
  const { bytes, type } = action === 'put' ? await contentOf(run, config) : { bytes: undefined, type: undefined };
  return { kind: 'object', source: 's3', action, bucket, key, ...(bytes && type ? { bytes: bytes.length, type } : {}) };
}
