import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Object {
  body: Buffer;
  type: string;
  etag: string;
  modified: Date;
}

export interface S3Options {
  /** Region of each bucket. */
  buckets: Readonly<Record<string, string>>;
  key?: string;
  secret?: string;
  /** Names below this one are buckets (virtual-hosted style). */
  domain?: string;
}

interface Answer {
  status: number;
  body?: Buffer | string;
  headers?: Record<string, string>;
}

interface Asked {
  method: string;
  path: string;
  query: [string, string][];
  headers: Record<string, string>;
  body: Buffer;
}

/** Milliseconds that clocks may differ by (S3 API Reference, RequestTimeTooSkewed). */
const SKEW = 15 * 60_000;
const PAGE = 1_000;
const LONGEST_KEY = 1_024;

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const fault = (status: number, code: string, message: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
});

const sha256 = (what: Buffer | string): string => createHash('sha256').update(what).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** UriEncode of the Signature Version 4 documentation. */
const uriEncode = (text: string): string =>
  [...Buffer.from(text)].map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join(''); // prettier-ignore

const canonicalQuery = (query: readonly [string, string][]): string =>
  query.map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).sort((a, b) => (a < b ? -1 : 1)).join('&'); // prettier-ignore

/** `20130524T000000Z` */
const timeOf = (text: string): number => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;

/** As S3 looks at a signature in the header, in its order; undefined when it is good. */
function signatureFault(asked: Asked, region: string, { key, secret, now }: { key: string; secret: string; now: number }): Answer | undefined {
  const { headers, method, path, query, body } = asked;
  if (!headers['authorization']) return fault(403, 'AccessDenied', 'Access Denied');
  const found = AUTHORIZATION.exec(headers['authorization']);
  if (!found) return fault(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  const [, id, day, from, names, signature] = found as unknown as [string, string, string, string, string, string];
  if (id !== key) return fault(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  if (from !== region) return fault(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; the region '${from}' is wrong; expecting '${region}'`);
  const time = headers['x-amz-date'] ?? '';
  if (!time.startsWith(day) || !(Math.abs(timeOf(time) - now) <= SKEW)) return fault(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  const signed = names.split(';');
  const must = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  if (!must.every((name) => signed.includes(name))) return fault(403, 'AccessDenied', 'There were headers present in the request which were not signed');
  const digest = headers['x-amz-content-sha256'];
  if (digest === undefined) return fault(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  if (digest !== sha256(body)) return fault(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  const canonical = [method, path.split('/').map(uriEncode).join('/'), canonicalQuery(query), ...signed.map((name) => `${name}:${(headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`), '', names, digest].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const signing = ['aws4_request'].reduce(hmac, ['s3'].reduce(hmac, hmac(hmac(`AWS4${secret}`, day), region)));
  const right = hmac(signing, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'));
  if (timingSafeEqual(right, Buffer.from(signature, 'hex'))) return undefined;
  return fault(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.');
} // prettier-ignore

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const [path = '/', search = ''] = (request.url ?? '/').split('?');
  const query = search === '' ? [] : search.split('&').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
  });
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
  return { method: request.method ?? 'GET', path: path.split('/').map(decodeURIComponent).join('/'), query, headers, body: Buffer.concat(parts) };
} // prettier-ignore

/** In forms: what S3 writes for `encoding-type=url`. */
const formEncode = (text: string): string => uriEncode(text).replaceAll('%20', '+').replaceAll('%2F', '/');

/** ListObjectsV2: keys by their bytes, a thousand at most. */
function listed(name: string, objects: ReadonlyMap<string, S3Object>, query: readonly [string, string][]): Answer {
  const said = new Map(query);
  if (said.get('list-type') !== '2') return fault(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
  const most = Math.min(Number(said.get('max-keys') ?? PAGE), PAGE);
  const shown = said.get('encoding-type') === 'url' ? formEncode : escapeXml;
  const token = said.get('continuation-token');
  const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString();
  const prefix = said.get('prefix') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = keys.slice(0, most);
  const isMore = keys.length > page.length && page.length > 0;
  const contents = page.map((key) => {
    const { modified, etag, body } = objects.get(key)!;
    return `<Contents><Key>${shown(key)}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next = isMore ? `<NextContinuationToken>${Buffer.from(page.at(-1)!).toString('base64url')}</NextContinuationToken>` : '';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${name}</Name><Prefix>${shown(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${isMore}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  return { status: 200, body, headers: { 'content-type': 'application/xml' } };
} // prettier-ignore

function put(objects: Map<string, S3Object>, key: string, { body, headers }: Asked): Answer {
  if (headers['content-length'] === undefined) return fault(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (Buffer.byteLength(key) > LONGEST_KEY) return fault(400, 'KeyTooLongError', 'Your key is too long');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  objects.set(key, { body, type: headers['content-type'] ?? 'binary/octet-stream', etag, modified: new Date() });
  return { status: 200, headers: { etag } };
}

function get(objects: ReadonlyMap<string, S3Object>, key: string): Answer {
  const found = objects.get(key);
  if (!found) return fault(404, 'NoSuchKey', 'The specified key does not exist.');
  const { body, type, etag, modified } = found;
  return { status: 200, body, headers: { 'content-type': type, etag, 'last-modified': modified.toUTCString() } };
}

/** S3 as its API reference describes it, over HTTP: the signature, buckets by path or by name, lists in pages, MD5 as ETag, errors as XML. */
export async function startS3({ buckets, key = 'AKIDOFATEST', secret = 'a+secret/with~signs=', domain }: S3Options) {
  const stored = new Map(Object.keys(buckets).map((name) => [name, new Map<string, S3Object>()]));
  const forced: Answer[] = [];
  const asked: string[] = [];
  let off = 0;

  /** The bucket by the name of the host or the first part of the path, and the key. */
  function named({ headers, path }: Asked): { bucket: string; name: string } {
    const host = (headers['host'] ?? '').replace(/:\d+$/, '');
    if (domain !== undefined && host.endsWith(`.${domain}`)) return { bucket: host.slice(0, -domain.length - 1), name: path.slice(1) };
    const [, bucket = '', ...rest] = path.split('/');
    return { bucket, name: rest.join('/') };
  }

  function act(request: Asked, bucket: string, name: string, objects: Map<string, S3Object>): Answer {
    const { method, query } = request;
    if (name === '' && method === 'GET') return listed(bucket, objects, query);
    if (name !== '' && method === 'GET') return get(objects, name);
    if (name !== '' && method === 'PUT') return put(objects, name, request);
    if (name === '' || method !== 'DELETE') return fault(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    objects.delete(name);
    return { status: 204 };
  }

  function answer(request: Asked): Answer {
    const next = forced.shift();
    if (next) return next;
    const { bucket, name } = named(request);
    const wrong = signatureFault(request, buckets[bucket] ?? 'us-east-1', { key, secret, now: Date.now() + off });
    if (wrong) return wrong;
    const objects = stored.get(bucket);
    return objects ? act(request, bucket, name, objects) : fault(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    const { status, body = '', headers } = answer(await read(request));
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    key,
    secret,
    /** Objects of a bucket, by key. */
    objects: (bucket: string) => stored.get(bucket)!,
    /** Method, host and address of each request. */
    asked,
    /** Milliseconds by which its clock goes before ours. */
    clockOff: (milliseconds: number) => void (off = milliseconds),
    slowOnce: (seconds: number) => void forced.push(fault(503, 'SlowDown', 'Please reduce your request rate.', { 'retry-after': String(seconds) })),
    answerOnce: (status: number, body: string) => void forced.push({ status, body }),
    close: () => new Promise<void>((done) => (server.close(() => done()), server.closeAllConnections())),
  };
}
