import type { AnyOperation } from '#kernel/operation.ts';

type Findable = Pick<AnyOperation, 'name' | 'summary' | 'description'>;

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);

/** A word counts where it begins one of ours, or one of ours begins it: "restarting" finds "restart", "serv" finds "server". */
const meets = (theirs: string, ours: string): boolean => ours.startsWith(theirs) || (ours.length > 3 && theirs.startsWith(ours));

function scoreOf(asked: readonly string[], { name, summary, description = '' }: Findable): number {
  const fields = [
    { words: wordsOf(name), weight: 4 },
    { words: wordsOf(summary), weight: 3 },
    { words: wordsOf(description), weight: 1 },
  ];
  return asked.reduce((sum, word) => sum + Math.max(0, ...fields.map(({ words, weight }) => (words.some((one) => meets(word, one)) ? weight : 0))), 0); // prettier-ignore
}

/** Operations that meet some of the words, the best first, by name where they are equal. */
export function ranked<T extends Findable>(operations: readonly T[], query: string): T[] {
  const asked = wordsOf(query);
  return operations
    .map((operation) => ({ operation, score: scoreOf(asked, operation) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.operation.name < b.operation.name ? -1 : 1))
    .map(({ operation }) => operation);
}
