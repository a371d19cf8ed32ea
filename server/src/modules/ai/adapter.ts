import type { Ai, AiOrigin, AiUsage } from '#kernel/ai.ts';
import type { Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { attempt, type Tries } from './attempts.ts';
import { candidatesOf, keysOf } from './choosing.ts';
import { answerOf, completion, embedding, requireSchema } from './errands.ts';
import type { Schemas } from './json-answers.ts';
import type { Ledger } from './ledger.ts';
import { defaultOf, entriesOf, plainView, type Entry } from './models.ts';
import type { Line, Way } from './providers/port.ts';
import { createTeller } from './told.ts';

interface AiDeps {
  databases: Databases;
  ledger: Ledger;
  schemas: Schemas;
  /** How a provider is asked; opened with the key of the provider, or the one given. */
  line: (origin: AiOrigin, entry: Entry, apiKey: string | undefined) => Promise<Line>;
  way: (line: Line) => Promise<Way>;
  /** Waits, unless the signal ends it. */
  pause: Tries['pause'];
  /** Told of each answer, for metrics. */
  observe: Tries['observe'];
}

/** Texts of one request, as many as every provider takes: each request is set aside and settled by itself. */
const MOST_TEXTS = 96;
const portionsOf = (texts: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(texts.length / MOST_TEXTS) }, (_, at) => texts.slice(at * MOST_TEXTS, (at + 1) * MOST_TEXTS));

/** Models as the rest of the product sees them. */
export function createAi({ databases, ledger, schemas, line, way, pause, observe }: AiDeps): Ai {
  const tries = (origin: AiOrigin, signal: AbortSignal, keyFor: (entry: Entry) => string | undefined = () => undefined): Tries => ({
    origin, signal, ledger, observe, pause,
    async open(entry) {
      const opened = await line(origin, entry, keyFor(entry));
      return { line: opened, way: await way(opened) };
    },
  }); // prettier-ignore

  return {
    async complete(request) {
      const { origin, signal, bounds = [], onText = () => undefined } = request;
      requireSchema(request, schemas);
      const candidates = await candidatesOf(databases, request);
      const keyFor = keysOf(request, candidates[0]!.entry);
      const teller = createTeller(origin.tenantId, onText);
      const { answer, usage, model } = await attempt(tries(origin, signal, keyFor), candidates, bounds, completion(request, teller));
      teller.done(answer.text);
      return { ...answerOf(request, answer, schemas), usage, model };
    },
    async embed({ origin, model: wanted, texts, signal }) {
      const candidates = await candidatesOf(databases, { origin, ...(wanted === undefined ? {} : { model: wanted }) });
      const vectors: number[][] = [];
      const usage: AiUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };
      const { id: model } = candidates[0]!.entry.view;
      for (const portion of portionsOf(texts)) {
        const found = await attempt(tries(origin, signal), candidates, [], embedding({ origin, texts: portion, signal }));
        vectors.push(...found.answer);
        usage.inputTokens += found.usage.inputTokens;
        usage.cost += found.usage.cost;
      }
      if (vectors.some(({ length }) => length !== vectors[0]!.length))
        throw new Problem('ai-provider-unavailable', `"${model}" answered with vectors of different lengths.`);
      return { vectors, usage, model };
    },
    async modelFor(db, tenantId, purpose) {
      const { entries, rules } = await entriesOf({ db, tenantId });
      const id = defaultOf(rules, purpose);
      const entry = entries.find(({ view }) => view.id === id && view.unavailable === null);
      return entry && plainView(entry.view);
    },
    async model(db, tenantId, id) {
      const entry = (await entriesOf({ db, tenantId })).entries.find(({ view }) => view.id === id);
      return entry && plainView(entry.view);
    },
  };
}
