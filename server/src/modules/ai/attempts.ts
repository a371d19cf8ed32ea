import type { AiBound, AiOrigin, AiUsage } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import { costOf } from './cost-rules.ts';
import type { Ledger } from './ledger.ts';
import type { Entry } from './models.ts';
import { ModelFault, type Line, type Way } from './providers/port.ts';
import type { ModelView } from './schemas.ts';

export interface Candidate {
  entry: Entry;
  /** Why it cannot be asked at all. */
  obstacle: Problem | undefined;
}

type Tokens = Pick<AiUsage, 'inputTokens' | 'outputTokens'>;
interface Opened {
  line: Line;
  way: Way;
}

/** Around every call. */
export interface Tries {
  origin: AiOrigin;
  signal: AbortSignal;
  ledger: Ledger;
  open: (entry: Entry) => Promise<Opened>;
  observe: (entry: Entry, usage: AiUsage) => void;
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** One kind of call. */
export interface Errand<T> {
  /** Does the model take so much? */
  fits: (view: ModelView) => boolean;
  /** Tokens that it takes at most. */
  most: Tokens;
  ask: (opened: Opened, model: string) => Promise<{ answer: T; tokens: Tokens }>;
  /** Tokens of what broke off. */
  partly: (text: string) => Tokens;
  /** It is asked anew. */
  again: () => void;
}

export interface Outcome<T> {
  answer: T;
  model: string;
  /** All tries together. */
  usage: AiUsage;
}

/** Tries of one model, and the pauses between them where the provider names none. */
const PAUSES_MS = [250, 1_000] as const;
/** A provider that wants a longer pause is passed over; whoever asked may try again later. */
const LONGEST_PAUSE_MS = 20_000;
const NONE: AiUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };

const sum = (a: AiUsage, b: AiUsage): AiUsage => ({
  inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens, cost: a.cost + b.cost,
}); // prettier-ignore
const grown = (bounds: readonly AiBound[], spent: AiUsage): AiBound[] =>
  bounds.map(({ tokens, cost, ...bound }) => ({
    ...bound,
    ...(tokens ? { tokens: { ...tokens, spent: tokens.spent + spent.inputTokens + spent.outputTokens } } : {}),
    ...(cost ? { cost: { ...cost, spent: cost.spent + spent.cost } } : {}),
  }));

/** Milliseconds until the same model is asked again; undefined when it is not. */
function pauseAfter({ kind, retryAfterSeconds }: ModelFault, at: number): number | undefined {
  const usual = PAUSES_MS[at];
  if (kind !== 'passing' || usual === undefined) return undefined;
  const asked = retryAfterSeconds === undefined ? usual : retryAfterSeconds * 1_000;
  return asked > LONGEST_PAUSE_MS ? undefined : asked;
}

/** What a fault means to whoever asked, once there is nobody left to ask. */
function problemOf({ kind, message, retryAfterSeconds }: ModelFault, id: string, tenantId: string): Problem {
  const words = scrub(message, tenantId);
  if (kind === 'denied') return new Problem('egress-denied', `The provider of "${id}" must not be reached: ${words}.`);
  if (kind === 'too-large') return new Problem('ai-context-too-large', `"${id}" does not take as much: ${words}`);
  if (kind === 'refused') return new Problem('ai-request-refused', `The provider of "${id}" refuses the request: ${words}`);
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new Problem('ai-provider-unavailable', `"${id}" cannot be asked: ${words}. Try again later, or name another model to fall back on.`, wait);
}

/** Faults after which another model may do better. */
const PASSED_OVER: ReadonlySet<ModelFault['kind']> = new Set(['passing', 'unusable', 'denied']);

/**
 * Asks one model after the other until one answers: each try sets the most that it can cost aside and settles what it did cost, so that
 * what broke off is paid and what did not begin is not.
 */
export async function attempt<T>(tries: Tries, candidates: readonly Candidate[], bounds: readonly AiBound[], errand: Errand<T>): Promise<Outcome<T>> {
  const { origin, signal, ledger, observe, pause } = tries;
  let spent = NONE;
  let last: Problem | undefined;

  /** One try; what it cost is settled however it ended. */
  async function once(entry: Entry, opened: Opened): Promise<T> {
    const { view, model } = entry;
    const priced = (tokens: Tokens): AiUsage => ({ ...tokens, cost: costOf(tokens, view.price) });
    const reservation = await ledger.reserve(origin, view.id, priced(errand.most), grown(bounds, spent), opened.line.row.timeoutSeconds);
    const settle = async (tokens: Tokens | undefined): Promise<void> => {
      const usage = tokens && priced(tokens);
      spent = sum(spent, usage ?? NONE);
      await ledger.settle(reservation, usage);
      if (usage) observe(entry, usage);
    };
    if (signal.aborted) await settle(undefined);
    signal.throwIfAborted();
    let found: { answer: T; tokens: Tokens };
    try {
      found = await errand.ask(opened, model);
    } catch (error) {
      // What was begun and not ended, by us or by them, is paid for by what is known of it; only a provider that did not begin is free.
      const partly = error instanceof ModelFault ? error.partly : '';
      await settle(partly === undefined ? undefined : errand.partly(partly));
      throw error;
    }
    await settle(found.tokens);
    return found.answer;
  }

  /** Tries of one model; undefined when another one is to be asked. */
  async function ask(entry: Entry): Promise<T | undefined> {
    const opened = await tries.open(entry);
    for (let at = 0; ; at++) {
      try {
        return await once(entry, opened);
      } catch (error) {
        if (!(error instanceof ModelFault)) throw error;
        errand.again();
        const wait = pauseAfter(error, at);
        last = problemOf(error, entry.view.id, origin.tenantId);
        if (wait === undefined && !PASSED_OVER.has(error.kind)) throw last;
        if (wait === undefined) return undefined;
        await pause(wait, signal);
      }
    }
  }

  for (const { entry, obstacle } of candidates) {
    signal.throwIfAborted();
    if (obstacle) last ??= obstacle;
    else if (!errand.fits(entry.view))
      throw new Problem('ai-context-too-large', `"${entry.view.id}" takes ${entry.view.context} tokens, and the request with its answer is more. Send less, or choose a model with a larger context.`);
    else {
      const answer = await ask(entry);
      if (answer !== undefined) return { answer, model: entry.view.id, usage: spent };
    }
  }
  throw last ?? new Problem('ai-provider-unavailable', 'There was nobody to ask.');
} // prettier-ignore
