import type { ErrorClass, Json } from '../../graph.ts';
import { NodeError, type CallOutcome, type Woken } from '../declare.ts';

type Refused = Extract<CallOutcome, { status: 'refused' }>['problem'];
type Ended = Extract<Woken, { kind: 'change' }>;

/** The Gate says no by what somebody may do; what it says by rules of the tenant is `policy`. */
const PERMISSION: ReadonlySet<string> = new Set(['permission-denied', 'scope-denied', 'insufficient-token-scope', 'unauthenticated']);
const LIMITS: ReadonlySet<string> = new Set(['plan-limit', 'limit-exceeded', 'quota-exceeded']);

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: 'permission',
  403: 'policy',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  412: 'conflict',
  429: 'transient',
  502: 'transient',
  503: 'transient',
  504: 'transient',
};

export function classOf({ slug, status }: Pick<Refused, 'slug' | 'status'>): ErrorClass {
  if (PERMISSION.has(slug)) return 'permission';
  if (LIMITS.has(slug)) return 'limit';
  return BY_STATUS[status] ?? (status >= 500 ? 'system' : 'validation');
}

/** Refused by what the principal may do, or by a rule: the port `denied`. */
export const isDenied = (problem: Pick<Refused, 'slug' | 'status'>): boolean => ['permission', 'policy'].includes(classOf(problem));

/** To be asked again, at a time that was said. */
export const waitSeconds = ({ status, retryAfterSeconds }: Refused): number | undefined => (status === 429 ? (retryAfterSeconds ?? 5) : undefined);

/** Where an act leads: asked for when it is there already, there is nothing to do. */
const LEADS_TO: Readonly<Record<string, readonly string[]>> = {
  start: ['running'],
  stop: ['stopped', 'off'],
  poweroff: ['stopped', 'off'],
  delete: ['deleted', 'pending_delete'],
};

/** What was asked for is so already. */
export const isAlready = (operation: string, { slug, status, state = '' }: Refused): boolean =>
  status === 409 &&
  (/(^|-)already(-|$)|-unchanged$/.test(slug) || (slug === 'invalid-state' && (LEADS_TO[operation.split('.').at(-1)!] ?? []).includes(state)));

export const refusalOf = (problem: Refused): NodeError =>
  new NodeError(problem.slug, classOf(problem), problem.detail, {
    details: { status: problem.status, ...(problem.rules ? { rules: [...problem.rules] } : {}) },
    ...(problem.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: problem.retryAfterSeconds }),
  });

/** How a Change ended, as an error; undefined when it succeeded. */
export function endingOf({ state, error, changeId }: Ended): NodeError | undefined {
  if (state === 'succeeded') return undefined;
  const details: Json = { changeId, state, error };
  if (state === 'rejected') return new NodeError('approval-rejected', 'policy', 'The Change was rejected.', { details });
  if (state === 'expired') return new NodeError('approval-expired', 'policy', 'Nobody decided on the Change in time.', { details });
  const why = typeof error === 'object' && error !== null && !Array.isArray(error) && typeof error['detail'] === 'string' ? `: ${error['detail']}` : '.';
  return new NodeError('operation-failed', state === 'stale' || state === 'cancelled' ? 'conflict' : 'provider', `The Change ended ${state}${why}`, { details });
} // prettier-ignore
