import type { Put } from './vector-store.ts';

interface Scored {
  one: Put;
  score: number;
}
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\w+/g) ?? [];
/** Weaviate's defaults (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009). */
const [K1, B] = [1.2, 0.75];

/** Objects that have one of the words, by BM25. */
export function bm25(all: readonly Put[], textOf: (one: Put) => string, query: string): Scored[] {
  const texts = all.map((one) => ({ one, words: wordsOf(textOf(one)) }));
  const mean = texts.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, texts.length);
  const weight = (word: string): number => {
    const having = texts.filter(({ words }) => words.includes(word)).length;
    return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  };
  const scoreOf = (words: string[]): number =>
    [...new Set(wordsOf(query))].reduce((sum, word) => {
      const times = words.filter((one) => one === word).length;
      return sum + (weight(word) * times * (K1 + 1)) / (times + K1 * (1 - B + (B * words.length) / mean));
    }, 0);
  const scored = texts.map(({ one, words }) => ({ one, score: scoreOf(words) }));
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** From 0 for the worst to 1 for the best. */
function relative(scored: readonly Scored[]): Map<Put, number> {
  const [best, worst] = [Math.max(...scored.map(({ score }) => score)), Math.min(...scored.map(({ score }) => score))];
  return new Map(scored.map(({ one, score }) => [one, best === worst ? 1 : (score - worst) / (best - worst)]));
}

/** Relative score fusion: `alpha` is what meaning weighs. */
export function fused(byWords: readonly Scored[], byMeaning: readonly Scored[], alpha: number): Scored[] {
  const [words, meaning] = [relative(byWords), relative(byMeaning)];
  const all = [...new Set([...words.keys(), ...meaning.keys()])];
  return all.map((one) => ({ one, score: alpha * (meaning.get(one) ?? 0) + (1 - alpha) * (words.get(one) ?? 0) })).sort((a, b) => b.score - a.score);
}
