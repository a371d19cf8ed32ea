import { Ai, type AiMessage, type AiModelView, type AiUsage } from '#kernel/ai.ts';
import type { Afterwards } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';
import type { Language, Origin, Usage } from './schemas.ts';

/** All that is asked for one call of somebody's is done within it, repairs included: whoever waits is told something. */
const DEADLINE_MS = 90_000;

const NO_MODEL = 'No model is set up for generation';
const SETUP = 'Choose one under Settings, AI, to have it written for your words.';
export const notices = {
  templates: `${NO_MODEL}: this was made from templates and from Operations that your words name. ${SETUP}`,
  rules: `${NO_MODEL}: this is what rules find. ${SETUP}`,
} as const;

/** The model that writes here; undefined when none is set up, or it cannot be used now. */
export async function modelOf({ read, tenantId, provider }: Afterwards): Promise<AiModelView | undefined> {
  const found = await read((db) => provider(Ai).modelFor(db, tenantId, 'generation'));
  return found?.unavailable === null ? found : undefined;
}

export interface Asker {
  /** Answers the text; throws what the port throws. */
  ask: (messages: readonly AiMessage[], output?: { kind: 'json'; schema: Json }) => Promise<{ text: string; json?: Json }>;
  /** What was spent so far, and on which model. */
  spent: () => { model: string; usage: Usage };
}

export interface Asking {
  system: string;
  maxTokens: number;
  workflowId?: string | undefined;
  executionId?: string | undefined;
}

const slow = (): Problem =>
  new Problem('generation-failed', `The model did not come to an end within ${DEADLINE_MS / 1_000} s. Ask for less, or choose a faster one.`);

/** One conversation with the model for generation: every call counts for the tenant, and all of them end by one time. */
export function asker({ provider, tenantId, actor }: Afterwards, model: AiModelView, { system, maxTokens, workflowId, executionId }: Asking): Asker {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const usage: Usage = { calls: 0, inputTokens: 0, outputTokens: 0, cost: 0 };
  let answering = model.id;
  const count = (more: AiUsage): void => {
    usage.calls += 1;
    usage.inputTokens += more.inputTokens;
    usage.outputTokens += more.outputTokens;
    usage.cost += more.cost;
  };
  return {
    async ask(messages, output) {
      const origin = { tenantId, actor, purpose: 'generation' as const, ...(workflowId ? { workflowId } : {}), ...(executionId ? { executionId } : {}) };
      const answer = await provider(Ai).complete({ origin, system, messages, output: output ?? { kind: 'text' }, maxTokens, temperature: 0.2, signal }).catch((error: unknown) => {
        throw signal.aborted ? slow() : error;
      });
      count(answer.usage);
      answering = answer.model;
      return { text: answer.text, ...(answer.json === undefined ? {} : { json: answer.json }) };
    },
    spent: () => ({ model: answering, usage: { ...usage } }),
  };
} // prettier-ignore

export const byModel = (asked: Asker): Origin => ({ source: 'model', ...asked.spent(), notice: null });
export const without = (source: 'templates' | 'rules'): Origin => ({ source, model: null, usage: null, notice: notices[source] });

const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'German', zh: 'Simplified Chinese' };
export const languageOf = (language: Language): string => `Write every text for people in ${LANGUAGES[language]}.`;

/** A text by the model where one is set up and answers; what rules say stands by itself, so a model that fails costs no more than its words. */
export async function worded(after: Afterwards, asking: Asking, prompt: string): Promise<{ text: string | undefined; origin: Origin }> {
  const model = await modelOf(after);
  if (!model) return { text: undefined, origin: without('rules') };
  const asked = asker(after, model, asking);
  try {
    const { text } = await asked.ask([{ role: 'user', text: prompt }]);
    return text.trim() === '' ? { text: undefined, origin: without('rules') } : { text, origin: byModel(asked) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { text: undefined, origin: { source: 'rules', model: null, usage: null, notice: `The model ${model.label} gave no answer (${error.slug}): this is what rules find.` } };
  }
} // prettier-ignore
