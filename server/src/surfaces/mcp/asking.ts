import {
  acceptedContent,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
  type ClientCapabilities,
  type InputRequiredResult,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Actor } from '#kernel/context.ts';
import { canonicalJson, sha256 } from '#kernel/ids.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Problem } from '#kernel/problem.ts';
import type { Ctx } from './deps.ts';

type Given = Record<string, unknown>;

/** What was asked, of which call. Sealed: the client carries it, and must not be able to answer for another call with it. */
interface State {
  operation: string;
  input: string;
  asked: 'comment' | 'ticket' | 'proof';
}

/** Seconds that a person has to answer. */
const ANSWER_SECONDS = 600;
const KEY = 'answer';

const FORMS: Record<string, { asked: 'comment' | 'ticket'; message: string; schema: z.ZodObject }> = {
  'comment-required': {
    asked: 'comment',
    message: 'A policy asks why this is done. Those who have to agree read it, and it stays in the audit trail.',
    schema: z.object({ comment: z.string().min(1).max(4_000).describe('Why') }),
  },
  'ticket-required': {
    asked: 'ticket',
    message: 'A policy asks for the ticket that this belongs to.',
    schema: z.object({ ticket: z.string().min(1).max(255).describe('Ticket') }),
  },
};

/** A client that says nothing more of elicitation can show forms. */
function modesOf(capabilities: ClientCapabilities | undefined): { form: boolean; url: boolean } {
  const elicitation = capabilities?.elicitation as { form?: object; url?: object } | undefined;
  if (!elicitation) return { form: false, url: false };
  return { form: elicitation.form !== undefined || elicitation.url === undefined, url: elicitation.url !== undefined };
}

const hashOf = (given: Given): string => sha256(canonicalJson(given));

export interface Asking {
  /** For the server: refuses a state that was not made here, for this caller, within ten minutes (-32602). */
  requestState: { verify: (state: string, ctx: Ctx) => Promise<unknown> };
  /** The arguments with what the person has answered since. Throws when the answer belongs to another call. */
  answered: (operation: AnyOperation, given: Given, ctx: Ctx) => Given;
  /** What the person is asked, when the refusal is one that an answer of theirs could lift and their client can ask; else undefined. */
  question: (problem: Problem, about: { operation: AnyOperation; given: Given; actor: Actor; capabilities: ClientCapabilities | undefined }, ctx: Ctx) => Promise<InputRequiredResult | undefined>; // prettier-ignore
}

/** Questions to the person in front of an agent, in the middle of a call: why, which ticket, and who they are. */
export function createAsking(stateKey: Uint8Array, publicUrl: string): Asking {
  const codec = createRequestStateCodec<State>({ key: stateKey, ttlSeconds: ANSWER_SECONDS, bind: (ctx) => ctx.http?.authInfo?.clientId ?? '' });

  function stateOf(ctx: Ctx, operation: AnyOperation, given: Given): State | undefined {
    const state = ctx.mcpReq.requestState<State>();
    if (state === undefined) return undefined;
    if (typeof state === 'object' && state.operation === operation.name && state.input === hashOf(given)) return state;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState', { reason: 'invalid_request_state' });
  }

  return {
    requestState: { verify: (state, ctx) => codec.verify(state, ctx) },
    answered(operation, given, ctx) {
      const state = stateOf(ctx, operation, given);
      if (!state || state.asked === 'proof') return given;
      const form = Object.values(FORMS).find(({ asked }) => asked === state.asked)!;
      const answer = acceptedContent(ctx.mcpReq.inputResponses, KEY, form.schema);
      return answer === undefined ? given : { ...given, ...answer };
    },
    async question(problem, { operation, given, actor, capabilities }, ctx) {
      const modes = modesOf(capabilities);
      const form = FORMS[problem.slug];
      const proof = problem.slug === 'step-up-required' && actor.kind === 'agent';
      if (!(form ? modes.form : proof && modes.url)) return undefined;
      // Whoever said no, or answered what was asked and is still refused, is not asked the same again.
      const asked = form?.asked ?? 'proof';
      if (inputResponse(ctx.mcpReq.inputResponses, KEY).kind === 'elicit' && stateOf(ctx, operation, given)?.asked === asked) return undefined;
      const request = form
        ? inputRequired.elicit({ message: `${operation.summary}: ${form.message}`, requestedSchema: form.schema })
        : inputRequired.elicitUrl({
            message: `${operation.summary}: prove in the browser that it is you who wants this. An agent cannot.`,
            url: `${publicUrl}/oauth/prove?agent=${actor.credentialId ?? ''}&tenant=${actor.tenantSlug}`,
          });
      const requestState = await codec.mint({ operation: operation.name, input: hashOf(given), asked }, ctx);
      return inputRequired({ inputRequests: { [KEY]: request }, requestState });
    },
  };
}
