import type { Ai, AiModelView } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';

const MODEL: AiModelView = {
  id: 'fake/meanings',
  provider: 'fake',
  kind: 'embedding',
  label: 'Meanings',
  context: 8_000,
  price: null,
  unavailable: null,
};

/** Words that mean the same point the same way; every other word has a dimension of its own, as far as there are any. */
const ALIKE = [
  ['router', 'gateway', 'edge'],
  ['reload', 'restart', 'reboot'],
  ['night', 'nocturnal', 'evening'],
  ['invoice', 'bill', 'payment'],
  ['holiday', 'vacation', 'leave'],
];
const DIMENSIONS = 64;

function vectorOf(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const topic = ALIKE.findIndex((words) => words.some((one) => word.startsWith(one)));
    const other = ALIKE.length + ([...word].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % (DIMENSIONS - ALIKE.length));
    vector[topic === -1 ? other : topic]! += topic === -1 ? 0.1 : 1;
  }
  return vector;
}

/** An embedding model whose meanings are known; counts what it was sent. */
export function createMeanings(): Ai & { sent: string[]; model_: AiModelView | undefined; down: boolean } {
  const ai: ReturnType<typeof createMeanings> = {
    sent: [],
    model_: MODEL,
    down: false,
    complete: () => Promise.reject(new Error('nobody completes here')),
    async embed({ texts, model = MODEL.id }) {
      if (ai.down) throw new Problem('dependency-unavailable', 'The model does not answer.');
      ai.sent.push(...texts);
      return { vectors: texts.map(vectorOf), model, usage: { inputTokens: texts.length, outputTokens: 0, cost: 0 } };
    },
    modelFor: async (_db, _tenantId, purpose) => (purpose === 'embedding' ? ai.model_ : undefined),
    model: async (_db, _tenantId, id) => (id === ai.model_?.id ? ai.model_ : undefined),
  };
  return ai;
}
