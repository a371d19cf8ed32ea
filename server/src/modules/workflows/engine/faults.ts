import { Problem } from '#kernel/problem.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import type { ErrorClass, Json } from '../graph.ts';
import { NodeError, type NodeFault } from '../nodes/declare.ts';

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);
const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: 'auth', 403: 'permission', 404: 'not_found', 409: 'conflict', 412: 'conflict', 413: 'limit', 422: 'validation', 400: 'validation',
}; // prettier-ignore
const DENIALS: ReadonlySet<string> = new Set(['policy-denied', 'outside-window', 'comment-required', 'ticket-required']);

/** The class of what the Gate said, by its slug and status. */
export function classOf({ slug, kind }: Pick<Problem, 'slug' | 'kind'>): ErrorClass {
  if (DENIALS.has(slug)) return 'policy';
  if (TRANSIENT_STATUSES.has(kind.status)) return 'transient';
  return BY_STATUS[kind.status] ?? (kind.status >= 500 ? 'system' : 'validation');
}

/** Whatever a node threw, as records keep it. What nobody expected is `internal`, and says nothing of our insides. */
export function faultOf(error: unknown): NodeFault {
  if (error instanceof NodeError) {
    const { type, message, details } = error;
    return { type, class: error.class, message, retryable: error.class === 'transient', ...(details === undefined ? {} : { details }) };
  }
  if (error instanceof Problem) {
    const found = classOf(error);
    return { type: error.slug, class: found, message: error.message, retryable: found === 'transient' };
  }
  if (error instanceof Forbidden) return { type: 'egress-denied', class: 'egress', message: error.message, retryable: false };
  if (error instanceof Unreachable) return { type: 'http-transport', class: 'transient', message: error.message, retryable: true };
  return { type: 'internal', class: 'system', message: 'Something went wrong on our side. The log of the server says what.', retryable: true };
}

/** Seconds that the other side asked us to wait, if it did. */
export const askedSeconds = (error: unknown): number | undefined => {
  if (error instanceof NodeError || error instanceof Unreachable) return error.retryAfterSeconds;
  const asked = error instanceof Problem ? error.extras.retryAfterSeconds : undefined;
  return typeof asked === 'number' ? asked : undefined;
};

/** Only what nobody expected belongs into the server's log. */
export const isUnexpected = (error: unknown): boolean => faultOf(error).type === 'internal';

/** A fault as a value on connections. */
export const asJson = (fault: NodeFault): Json => fault as unknown as Json;
