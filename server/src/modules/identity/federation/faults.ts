import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { errors as joseErrors } from 'jose';
import { Problem } from '#kernel/problem.ts';
import { WrongDocument } from './discovery.ts';
import { Forbidden, Unreachable } from './outgoing.ts';
import './problems.ts';

/** What a token said that it must not; the words are for the log. */
export class BadToken extends Error {}

/** The specs name the same refusals differently for social sign-in, a tenant's own provider, and PeeringDB's pair of calls. */
export type Dialect = 'social' | 'oidc' | 'peeringdb';
interface Words {
  down: string;
  lost: string;
  refused: string;
  token: string;
}
const WORDS: Record<Dialect, Words> = {
  social: { down: 'idp-unavailable', lost: 'oauth-state-invalid', refused: 'oauth-denied', token: 'oidc-token-invalid' },
  oidc: { down: 'oidc-unavailable', lost: 'oidc-state-invalid', refused: 'oidc-provider-error', token: 'oidc-token-invalid' },
  peeringdb: { down: 'peeringdb-unavailable', lost: 'oauth-state-invalid', refused: 'peeringdb-denied', token: 'peeringdb-token-invalid' },
};

export const lostFlow = (dialect: Dialect): Problem =>
  new Problem(WORDS[dialect].lost, 'This sign-in was begun in another browser, too long ago, or was finished already. Start it again.');

/** An error code of RFC 6749 and its kin; anything else is a stranger's text and is not repeated. */
const errorCode = (text: string): string => (/^[a-z_.-]{1,64}$/.test(text) ? text : 'unknown');

export const refusedBy = (dialect: Dialect, code: string, cause?: unknown): Problem =>
  new Problem(
    WORDS[dialect].refused,
    `The identity provider refused the sign-in (${errorCode(code)}).`,
    { code: errorCode(code), ...(dialect === 'peeringdb' ? { oauth_error: errorCode(code) } : {}) },
    { cause },
  );

const rootOf = (error: unknown): unknown => {
  let found = error;
  for (let depth = 0; depth < 8 && found instanceof Error && !isOwn(found) && found.cause !== undefined; depth += 1) found = found.cause;
  return found;
};
const isOwn = (error: unknown): boolean =>
  error instanceof Unreachable ||
  error instanceof Forbidden ||
  error instanceof BadToken ||
  error instanceof WrongDocument ||
  error instanceof ResponseBodyError ||
  error instanceof AuthorizationResponseError;

/** Codes of openid-client for answers that were no OAuth at all: the provider's trouble, as good as no answer. */
const NO_ANSWER = new Set(['OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_TIMEOUT', 'OAUTH_ABORT']);

const isDown = (error: unknown, root: unknown): boolean =>
  root instanceof Unreachable ||
  root instanceof Forbidden ||
  root instanceof WrongDocument ||
  (error instanceof ClientError && NO_ANSWER.has(error.code ?? ''));

/** Whatever went wrong at a provider, as a problem of ours; what is wrong with a token stays in the cause, for the log. */
export function providerProblem(error: unknown, dialect: Dialect): Problem {
  if (error instanceof Problem) return error;
  const words = WORDS[dialect];
  const root = rootOf(error);
  if (root instanceof ResponseBodyError || root instanceof AuthorizationResponseError) return refusedBy(dialect, root.error, error);
  if (isDown(error, root)) {
    const text = 'The identity provider does not answer as it should. Try again in half a minute.';
    return new Problem(words.down, text, { retryAfterSeconds: 30 }, { cause: error });
  }
  if (root instanceof BadToken || error instanceof ClientError || error instanceof joseErrors.JOSEError) {
    const hint = dialect === 'peeringdb' ? ' In the PeeringDB application, set RS256.' : '';
    return new Problem(words.token, `What the identity provider sent as proof is not valid.${hint}`, {}, { cause: error });
  }
  throw error;
}
