import { Problem } from './problem.ts';

/** Drizzle wraps what the driver threw. */
export const rootCause = (error: unknown): unknown => (error instanceof Error && error.cause !== undefined ? rootCause(error.cause) : error);

/** SQLSTATE and constraint of a refused statement, if the database refused it. */
export function sqlError(error: unknown): { code: string; constraint: string | undefined } | undefined {
  const cause = rootCause(error) as { code?: unknown; constraint?: string };
  // Five characters, but not the system's EPIPE.
  return typeof cause?.code === 'string' && /^(?!EPIPE)[0-9A-Z]{5}$/.test(cause.code)
    ? { code: cause.code, constraint: cause.constraint }
    : undefined;
}
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const found = sqlError(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
};

/** Name of the table when row-level security refused a row (SQLSTATE 42501); undefined for all other faults. */
export const crossedTable = (error: unknown): string | undefined => {
  const cause = rootCause(error);
  return sqlError(cause)?.code === '42501' ? /row-level security policy.* for table "([^"]+)"/.exec((cause as Error).message)?.[1] : undefined;
};

const INVALID_STATEMENT_NAME = '26000';
/** A column has another type since the statement was planned: a newer version has migrated the database under a process of the older. */
const isOutdatedPlan = (error: unknown): boolean => sqlError(error)?.code === '0A000' && /cached plan must not change/.test(String(error));
/** Connection failures and shutdown, by SQLSTATE class; a session that sat idle in its transaction; and what the driver says by itself. */
const LOST_STATE = /^(08\w{3}|57P\w{2}|25P03)$/;
const LOST_WORDS = /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|connection error|not queryable|timeout exceeded/;
function isConnectionLoss(error: unknown): boolean {
  const state = sqlError(error)?.code;
  if (state !== undefined) return LOST_STATE.test(state);
  return error instanceof Error && LOST_WORDS.test(`${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`);
}

/** What the loss of a connection, or of what was prepared on it, means to the caller. */
export function asLost(error: unknown): Problem | undefined {
  const cause = rootCause(error);
  if (error instanceof Problem || !(isConnectionLoss(cause) || sqlError(cause)?.code === INVALID_STATEMENT_NAME || isOutdatedPlan(cause)))
    return undefined;
  return new Problem(
    'dependency-unavailable',
    'The connection to the database was lost. Look whether the call took effect before you repeat it, or repeat it with the same Idempotency-Key.',
    { retryAfterSeconds: 5 },
    { cause: error },
  );
}
