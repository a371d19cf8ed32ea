/** Headers of a request as Fetch, Node, Express or Fastify give them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyWebhookOptions {
  /** The body exactly as it arrived. One that was parsed and written again has other bytes, and no signature fits it. */
  payload: string | Uint8Array;
  headers: WebhookHeaders;
  /** `whsec_…`, as it was shown when the endpoint was made or its secret rotated. */
  secret?: string;
  /** Several, while one takes over from the other: a signature by any of them will do. */
  secrets?: readonly string[];
  /** How far the time of sending may lie from ours, either way; 300 s unless said otherwise. */
  toleranceSeconds?: number;
}

/** What every delivery says, whatever its type. `data` differs by type: see `webhooks` in the OpenAPI document. */
export interface WebhookEvent<Data = Record<string, unknown>> {
  /** `server.created`. */
  type: string;
  /** When it happened, RFC 3339. */
  timestamp: string;
  tenantId: string;
  apiVersion: string;
  /** Grows with each event of one resource: a smaller one than was seen before is old news. Null where there is no resource. */
  sequence?: number | null;
  data: Data;
}

export interface VerifiedWebhook<Data = Record<string, unknown>> {
  /** The same for every attempt at one delivery; what was seen before can be passed over. */
  id: string;
  /** When this attempt was sent. */
  sentAt: Date;
  event: WebhookEvent<Data>;
}

/** `headers-missing`, `timestamp-invalid`, `timestamp-too-old`, `timestamp-too-new`, `signature-invalid` or `payload-invalid`. */
export type WebhookFault =
  | 'headers-missing'
  | 'timestamp-invalid'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'signature-invalid'
  | 'payload-invalid';

/** A request that is not to be believed; answer it with 400 or 401 and do nothing else. */
export class WebhookVerificationError extends Error {
  readonly fault: WebhookFault;
  constructor(fault: WebhookFault, message: string) {
    super(message);
    this.name = 'WebhookVerificationError';
    this.fault = fault;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

const TOLERANCE_SECONDS = 300;
const encoder = new TextEncoder();

function fromBase64(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Node lower-cases the names of headers, others do not. */
function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : value?.join(' ');
}

/** A secret that cannot be one is a mistake in our own settings, and no fault of the sender's. */
function keyOf(secret: string): Bytes {
  const key = fromBase64(secret.replace(/^whsec_/, ''));
  if (!key || key.length === 0) throw new TypeError('a webhook secret is "whsec_" and base64');
  return key;
}

async function signatureOf(secret: string, content: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', keyOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, content));
}

/** Takes as long wherever they differ. Their length is no secret. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a[at]! ^ (b[at] ?? 0);
  return difference === 0;
}

/** Those of version 1; others (`v1a,` is Ed25519) are for whoever knows them. */
const symmetric = (header: string): Uint8Array[] =>
  header.split(' ').flatMap((one) => (one.startsWith('v1,') ? (fromBase64(one.slice(3)) ?? []) : []));

/** When it was sent, in seconds, if that is near enough to now. */
function sentAtOf(header: string, tolerance: number): number {
  if (!/^\d{1,12}$/.test(header)) throw new WebhookVerificationError('timestamp-invalid', 'webhook-timestamp is not a number of seconds');
  const sent = Number(header);
  const now = Date.now() / 1000;
  if (sent < now - tolerance) throw new WebhookVerificationError('timestamp-too-old', 'it was sent too long ago: somebody may be sending it again');
  if (sent > now + tolerance) throw new WebhookVerificationError('timestamp-too-new', 'it was sent in the future: one of the clocks is wrong');
  return sent;
}

function eventOf<Data>(bytes: Bytes): WebhookEvent<Data> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as WebhookEvent<Data>;
  } catch {
    throw new WebhookVerificationError('payload-invalid', 'the body is signed and yet not JSON');
  }
}

/**
 * Proves that a delivery comes from Switchyard, is unchanged and was sent just now (Standard Webhooks 1.0, HMAC-SHA256), and answers it.
 * Throws `WebhookVerificationError` when it is not, and `TypeError` when no usable secret was given.
 */
export async function verifyWebhook<Data = Record<string, unknown>>(options: VerifyWebhookOptions): Promise<VerifiedWebhook<Data>> {
  const { payload, headers, secret, secrets = [], toleranceSeconds = TOLERANCE_SECONDS } = options;
  const accepted = secret === undefined ? secrets : [secret, ...secrets];
  if (accepted.length === 0) throw new TypeError('verifyWebhook needs a secret');

  const [id, timestamp, signatures] = (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const).map((name) => headerOf(headers, name));
  if (!id || !timestamp || !signatures)
    throw new WebhookVerificationError('headers-missing', 'webhook-id, webhook-timestamp or webhook-signature is missing');
  const sent = sentAtOf(timestamp, toleranceSeconds);

  const body: Bytes = typeof payload === 'string' ? encoder.encode(payload) : Uint8Array.from(payload);
  const prefix = encoder.encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(prefix.length + body.length);
  content.set(prefix);
  content.set(body, prefix.length);

  const given = symmetric(signatures);
  const expected = await Promise.all(accepted.map((one) => signatureOf(one, content)));
  const matches = expected.flatMap((one) => given.map((other) => isSame(one, other)));
  if (!matches.includes(true)) throw new WebhookVerificationError('signature-invalid', 'no signature fits: another secret, or a changed body');
  return { id, sentAt: new Date(sent * 1000), event: eventOf<Data>(body) };
}
