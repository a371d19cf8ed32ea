/** What one way of searching found. */
export interface Found {
  id: string;
  /** 0 to 1. */
  score: number;
}

export interface Fused extends Found {
  keyword: number | null;
  semantic: number | null;
}

/** Softens how much the first places count before the later ones (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion, SIGIR 2009). */
const K = 60;

/**
 * Two rankings as one by reciprocal rank fusion: what both found near the top comes first, however differently they score. The score is
 * brought to 0 to 1; 1 is first in both. Equal ones keep the order of words first, then of meaning.
 */
export function fuse(keyword: readonly Found[], semantic: readonly Found[]): Fused[] {
  const byId = new Map<string, Fused & { sum: number }>();
  for (const [way, found] of [
    ['keyword', keyword],
    ['semantic', semantic],
  ] as const)
    // prettier-ignore
    found.forEach(({ id, score }, rank) => {
      const one = byId.get(id) ?? { id, score: 0, keyword: null, semantic: null, sum: 0 };
      byId.set(id, { ...one, [way]: score, sum: one.sum + 1 / (K + rank + 1) });
    });
  return [...byId.values()].sort((a, b) => b.sum - a.sum).map(({ sum, ...one }) => ({ ...one, score: (sum * (K + 1)) / 2 }));
}

/** One way alone. */
export const only = (way: 'keyword' | 'semantic', found: readonly Found[]): Fused[] =>
  found.map(({ id, score }) => ({ id, score, keyword: null, semantic: null, [way]: score }));
