import type { EgressRules } from './outbound-egress.ts';
import { bounded, headersOf, once, pieces, type OutboundRequest } from './outbound-http.ts';
import { lookUpHere, type LookUp } from './outbound.ts';

/** An answer whose body is still on its way. Whoever does not read it to its end has to `close` it. */
export interface OutboundStream {
  status: number;
  /** Names in small letters. */
  headers: Record<string, string>;
  body: AsyncGenerator<Uint8Array, void, undefined>;
  close: () => void;
}

/**
 * As `outboundRequest`, and the body is handed on as it comes; a redirect is an answer and not followed. The time bounds all of it. Reading
 * throws `TooMuch`, `TooLate` or `Unreachable`.
 */
export async function outboundStream(request: Omit<OutboundRequest, 'redirects'>, rules: EgressRules, look: LookUp = lookUpHere): Promise<OutboundStream> {
  const { signal, asTold } = bounded(request);
  try {
    const response = await once({ ...request, redirects: 0 }, rules, look, signal);
    const status = response.statusCode ?? 502;
    const hasNone = request.method === 'HEAD' || status === 204 || status === 304;
    return { status, headers: headersOf(response), body: told(pieces(response, request.maxBytes, hasNone), asTold), close: () => void response.destroy() };
  } catch (error) {
    throw asTold(error);
  }
} // prettier-ignore

async function* told(body: AsyncGenerator<Uint8Array, void, undefined>, asTold: (error: unknown) => unknown): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    throw asTold(error);
  }
} // prettier-ignore
