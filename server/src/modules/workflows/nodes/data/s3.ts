import { createHash, createHmac } from 'node:crypto';
import type { SignatureV4 } from '@smithy/signature-v4';
import type { OutboundAnswer } from '#kernel/outbound-http.ts';
import { outside } from '../../egress/faults.ts';
import { Egress } from '../../egress/port.ts';
import { askerOf } from '../../egress/store.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import { retryAfterSeconds } from '../http_api/answer.ts';
import type { Body } from '../http_api/body.ts';
import { parseXml, XmlFault } from '../http_api/xml.ts';
import type { ErrorClass, Json } from '../../graph.ts';

const wrong = (message: string): NodeError => new NodeError('node-config-invalid', 'config', message);

const CONNECTION = /^s3:\/\/([^:/@?]+):(.+)@([\w.:[\]-]*)\/?(?:\?(.*))?$/;
/** Names of buckets and regions become parts of names of hosts, so nothing else may stand in them (S3 User Guide, Bucket naming rules). */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9-]{1,40}$/;

interface Place {
  key: string;
  secret: string;
  /** `host` or `host:port`, without the bucket. */
  endpoint: string;
  region: string;
  /** Whether the bucket is a part of the name of the host. */
  isVirtual: boolean;
  mode: string;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('A percent sign in the connection is written as %25.');
  }
}

const usual = (region: string): string => `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** One of what a parameter of the connection may be. */
function chosen<T extends string>(said: URLSearchParams, name: string, among: readonly T[], otherwise: T): T {
  const value = said.get(name) ?? otherwise;
  const found = among.find((one) => one === value);
  if (found === undefined) throw wrong(`${name} is one of ${among.join(', ')}.`);
  return found;
}

/**
 * `s3://KEY:SECRET@host:port/?region=…&style=path|virtual&sslmode=…`. Read by hand: secrets of AWS have slashes in them, and the host may be
 * left out. Nothing of it is told in an error.
 */
function placeOf(connection: string | undefined): Place {
  if (!connection) throw new NodeError('secret-missing', 'config', 'The connection is missing.');
  const [, key, secret, host = '', query] = CONNECTION.exec(connection) ?? [];
  if (key === undefined || secret === undefined) throw wrong('The connection is not of the form s3://KEY:SECRET@host/?region=eu-central-1.');
  const said = new URLSearchParams(query);
  const isAws = host === '';
  const region = said.get('region') ?? (isAws ? '' : 'us-east-1');
  if (!REGION.test(region)) throw wrong('The connection says no region, as in s3://KEY:SECRET@?region=eu-central-1.');
  return {
    key: decoded(key),
    secret: decoded(secret),
    endpoint: isAws ? usual(region) : host.toLowerCase(),
    region,
    isVirtual: chosen(said, 'style', ['path', 'virtual'], isAws ? 'virtual' : 'path') === 'virtual',
    mode: chosen(said, 'sslmode', ['disable', 'require', 'verify-full'], 'verify-full'),
  };
}

/** All but letters, digits and `-._~` (RFC 3986), as the signature has it too. */
function escaped(text: string): string {
  if (!text.isWellFormed()) throw wrong('Half a character stands in a key or prefix, so it is no text.');
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** SHA-256 as the library asks for it, by the one that Node brings. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' || ArrayBuffer.isView(secret) ? (secret as string | Uint8Array) : new Uint8Array(secret));
  }
  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {
    throw new Error('a digest is taken once');
  }
} // prettier-ignore

/** Read with the first object: most processes never see one. */
const library = async () => (await import('@smithy/signature-v4')).SignatureV4;

export interface Signing {
  method: string;
  /** `host` or `host:port`, as it is called. */
  host: string;
  /** Escaped already. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
}

/** The headers of a request with its signature among them (AWS Signature Version 4, in one piece and with the digest of the body). */
export async function signedHeaders(
  { host, body, ...request }: Signing,
  { key, secret, region }: Pick<Place, 'key' | 'secret' | 'region'>,
  at: Date,
) {
  const Signer: typeof SignatureV4 = await library();
  const credentials = { accessKeyId: key, secretAccessKey: secret };
  // Paths of S3 are escaped once, those of other services twice.
  const signer = new Signer({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false, applyChecksum: true });
  const whole = { ...request, protocol: 'https:', hostname: host, query: { ...request.query }, headers: { ...request.headers, host }, body };
  return (await signer.sign(whole, { signingDate: at })).headers;
}

export interface ObjectRequest {
  method: 'GET' | 'PUT' | 'DELETE';
  bucket: string;
  /** Left out where the bucket itself is asked. */
  key?: string;
  query?: Readonly<Record<string, string>>;
  body?: Body | undefined;
  maxBytes: number;
}

function requireBucket(bucket: string): void {
  if (!BUCKET.test(bucket)) throw wrong(`"${bucket.slice(0, 80)}" is not a name of a bucket.`);
}

function pathOf(bucket: string, key: string | undefined, isVirtual: boolean): string {
  // Whoever reads addresses takes these for folders and the one above, so the object that they name cannot be asked for.
  if (key?.split('/').some((part) => part === '.' || part === '..')) throw wrong('A key has no part that is "." or "..".');
  const path = key === undefined ? '' : key.split('/').map(escaped).join('/');
  return isVirtual ? `/${path}` : `/${bucket}${key === undefined ? '' : '/'}${path}`;
}

const TIMEOUT = 60_000;

/** Scheme and host, and whether the bucket is a part of it. A port that is the usual one is not said, as it is not in what is sent. */
function originOf({ endpoint, mode, ...place }: Place, bucket: string): { origin: URL; isVirtual: boolean } {
  // A certificate for *.s3.… is for no name with a further dot in it.
  const isVirtual = place.isVirtual && !(bucket.includes('.') && mode === 'verify-full');
  const origin = URL.parse(`${mode === 'disable' ? 'http' : 'https'}://${isVirtual ? `${bucket}.` : ''}${endpoint}`);
  if (!origin) throw wrong('The connection names no host, as in s3://KEY:SECRET@minio.example.net/.');
  return { origin, isVirtual };
}

/** One request on a bucket. Throws what S3 refuses as `s3-error`, and what the way out says. */
export async function askS3(run: NodeRun, connection: string | undefined, { bucket, key, query = {}, body, method, maxBytes }: ObjectRequest): Promise<OutboundAnswer> {
  const place = placeOf(connection);
  requireBucket(bucket);
  const { origin, isVirtual } = originOf(place, bucket);
  const path = pathOf(bucket, key, isVirtual);
  const search = Object.entries(query).map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
  const headers: Record<string, string> = body ? { 'content-type': body.type } : {};
  const { host: _host, ...signed } = await signedHeaders({ method, host: origin.host, path, query, headers, body: body?.bytes }, place, new Date());
  const url = `${origin.origin}${path}${search === '' ? '' : `?${search}`}`;
  const tls = place.mode === 'require' ? { tls: { verify: false } } : {};
  const request = { url, method, headers: signed, body: body?.bytes, timeoutMs: TIMEOUT, maxBytes, redirects: 0, ...tls, signal: run.signal };
  const answer = await outside(() => run.provider(Egress).request(askerOf(run), request));
  if (answer.status >= 300) throw errorOf(answer, run.now);
  return answer;
} // prettier-ignore

/** S3 API Reference, Error responses. The connection is for another region, or the bucket is nowhere: nothing that passes. */
const CONFIG: ReadonlySet<string> = new Set(['NoSuchBucket', 'PermanentRedirect', 'TemporaryRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', 'InvalidBucketName']); // prettier-ignore
const TRANSIENT: ReadonlySet<string> = new Set(['SlowDown', 'ServiceUnavailable', 'InternalError', 'RequestTimeout', 'OperationAborted']);
const BY_STATUS: Readonly<Record<number, ErrorClass>> = { 401: 'auth', 403: 'auth', 404: 'not_found', 409: 'conflict', 412: 'conflict', 429: 'transient' }; // prettier-ignore
const WHAT_TO_DO: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: 'The secret of the connection is not that of its key.',
  RequestTimeTooSkewed: 'The clock of this machine is off by more than 15 minutes.',
  PermanentRedirect: 'The bucket is in another region than the connection says.',
  AuthorizationHeaderMalformed: 'The bucket is in another region than the connection says.',
};

const classOf = (status: number, code: string): ErrorClass => {
  if (CONFIG.has(code) || (status >= 300 && status < 400)) return 'config';
  if (TRANSIENT.has(code)) return 'transient';
  return BY_STATUS[status] ?? (status >= 500 ? 'transient' : 'validation');
};

const fieldOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;

/** An answer as XML; what is none is said by the other side's failing, so it passes. */
export function xmlOf({ body }: OutboundAnswer, root: string): Json | undefined {
  try {
    return fieldOf(parseXml(new TextDecoder().decode(body)), root);
  } catch (error) {
    if (error instanceof XmlFault) return undefined;
    throw error;
  }
}

function errorOf(answer: OutboundAnswer, now: Date): NodeError {
  const { status, headers } = answer;
  const error = xmlOf(answer, 'Error');
  const [code, said] = ['Code', 'Message'].map((name) => fieldOf(error, name)).map((value) => (typeof value === 'string' ? value.slice(0, 500) : ''));
  const why = code === '' ? '' : ` ${code}${said === '' ? '' : `: ${said}`}`;
  const advice = WHAT_TO_DO[code!];
  const wait = retryAfterSeconds(headers['retry-after'], now);
  return new NodeError('s3-error', classOf(status, code!), `The answer was ${status}${why}${advice ? ` ${advice}` : ''}`, {
    details: { status, code: code! },
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}
