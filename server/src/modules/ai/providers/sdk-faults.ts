import { APICallError } from 'ai';
import { TooLate, TooMuch } from '#kernel/outbound-http.ts';
import { Forbidden, Unreachable } from '#kernel/outbound.ts';
import { ModelFault } from './port.ts';

const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);
/** Nobody waits longer for a provider that is busy: the next of the fallbacks is asked, or the node tries again. */
const LONGEST_SECONDS = 3_600;
const WORDS = 300;
const TOO_LARGE =
  /context[ _-]?(length|window)|maximum context|too many tokens|prompt is too long|input is too long|exceeds? the (maximum|limit).{0,40}tokens/i;

/** What providers write into their errors, without what may be an echo of the request. */
function wordsOf({ message, responseBody = '' }: APICallError): string {
  try {
    const found = JSON.parse(responseBody) as { error?: { message?: unknown } | string; message?: unknown };
    const said = typeof found.error === 'object' ? found.error.message : (found.error ?? found.message);
    return (typeof said === 'string' ? said : message).slice(0, WORDS);
  } catch {
    return message.slice(0, WORDS);
  }
}

/** RFC 9110, Retry-After: seconds, or a date. */
function askedSeconds(headers: Record<string, string> = {}): number | undefined {
  const said = headers['retry-after'];
  if (said === undefined) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.min(LONGEST_SECONDS, Math.max(0, Math.ceil(seconds))) : undefined;
}

function ofStatus(error: APICallError, status: number): ModelFault {
  const retryAfterSeconds = askedSeconds(error.responseHeaders);
  if (status === 401 || status === 403) return new ModelFault('unusable', `it refuses the key (${status})`, { cause: error });
  if (PASSING.has(status)) return new ModelFault('passing', `it answers ${status}: ${wordsOf(error)}`, { retryAfterSeconds, cause: error });
  if (status === 404) return new ModelFault('unusable', `it has no such model or address (404): ${wordsOf(error)}`, { cause: error });
  if (status === 413 || TOO_LARGE.test(wordsOf(error))) return new ModelFault('too-large', wordsOf(error), { cause: error });
  if (status >= 300 && status < 400) return new ModelFault('unusable', `it redirects (${status}): set its new address up`, { cause: error });
  return new ModelFault('refused', `it answers ${status}: ${wordsOf(error)}`, { cause: error });
}

const within = function* (error: unknown): Generator {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) yield at;
};

/** What an error on the way to a provider means. `partly`: what came before it. */
export function faultOf(error: unknown, partly?: string): ModelFault {
  if (error instanceof ModelFault) return error;
  const cut = { partly, cause: error };
  for (const one of within(error)) {
    if (one instanceof Forbidden) return new ModelFault('denied', one.message, cut);
    if (one instanceof TooMuch) return new ModelFault('refused', one.message, cut);
    // It may have worked all the while.
    if (one instanceof TooLate) return new ModelFault('passing', one.message, { ...cut, partly: partly ?? '' });
    if (one instanceof Unreachable) return new ModelFault('passing', one.message, cut);
  }
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode !== 200) return ofStatus(error, error.statusCode);
  // What is no answer of the shape that was agreed on, or an error within a stream: the next try may have one.
  return new ModelFault('passing', partly ? 'it broke off' : 'its answer cannot be read', cut);
}
