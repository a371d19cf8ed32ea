import { originOf, type Ai, type AiOrigin } from '../ai.ts';
import type { Afterwards } from '../context.ts';
import type { Database } from '../database.ts';
import { Problem } from '../problem.ts';
import type { Found } from './fuse.ts';
import { Recall } from './port.ts';
import './problems.ts';
import { directionOf, likeness } from './vectors.ts';

/** Seconds until a model is given up that does not tell what a query means. */
const PATIENCE_MS = 15_000;
/** Rows whose meaning one search compares. */
const MOST_COMPARED = 20_000;
const PAGE = 2_000;

/** What a query means, and the model that says so. */
export interface Sense {
  direction: Buffer;
  model: string;
}

/** The embedding model that the tenant can use now. */
export async function embeddingModel(ai: Ai | undefined, db: Database, tenantId: string): Promise<string | undefined> {
  const model = await ai?.modelFor(db, tenantId, 'embedding');
  return model && model.unavailable === null ? model.id : undefined;
}

/** Directions of texts, in their order. Throws the problems of the port. */
export async function directionsOf(ai: Ai, who: Omit<AiOrigin, 'purpose'>, model: string, texts: readonly string[], signal: AbortSignal): Promise<Buffer[]> {
  const { vectors } = await ai.embed({ origin: { ...who, purpose: 'embedding' }, model, texts, signal });
  if (vectors.length !== texts.length) throw new Error(`${model} gave ${vectors.length} vectors for ${texts.length} texts`);
  return vectors.map(directionOf);
} // prettier-ignore

/** What a query means; undefined when no model can say so now. With `must` that is refused instead. */
export async function senseOf(after: Afterwards, query: string, must: boolean): Promise<Sense | undefined> {
  const { tenantId, provider, read } = after;
  const ai = provider(Recall).ai();
  const model = await read((db) => embeddingModel(ai, db, tenantId));
  if (!ai || model === undefined) {
    if (must) throw new Problem('embedding-model-missing', 'The tenant has no embedding model that can be used. Choose one in the settings of AI, or search by words.'); // prettier-ignore
    return undefined;
  }
  try {
    const [direction] = await directionsOf(ai, originOf(after, 'embedding'), model, [query], AbortSignal.timeout(PATIENCE_MS));
    return { direction: direction!, model };
  } catch (error) {
    // A search by words is better than none while a provider is down or a budget is spent.
    if (must || !(error instanceof Problem)) throw error;
    return undefined;
  }
}

type Vectors = { id: string; vector: Buffer | null }[];

/** The rows that are most alike in meaning. `page` answers rows behind an id, in the order of ids. */
export async function findMeaning({ direction }: Sense, { limit, threshold }: { limit: number; threshold: number }, page: (after: string | undefined, size: number) => Promise<Vectors>): Promise<Found[]> {
  const found: Found[] = [];
  let after: string | undefined;
  for (let seen = 0; seen < MOST_COMPARED; seen += PAGE) {
    const rows = await page(after, PAGE);
    for (const { id, vector } of rows) {
      const score = vector ? likeness(direction, vector) : 0;
      if (score > 0 && score >= threshold) found.push({ id, score });
    }
    after = rows.at(-1)?.id;
    if (rows.length < PAGE) break;
  }
  return found.sort((a, b) => b.score - a.score).slice(0, limit);
} // prettier-ignore
