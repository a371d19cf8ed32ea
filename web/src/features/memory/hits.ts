import { markedWords } from '#features/knowledge/marks.ts';
import type { MemoryHit } from './types.ts';

/** More are found by narrowing down. */
const MOST = 5;
/** What spaces found, the best first; the same memory stands once. */
export const bestOf = (found: readonly (readonly MemoryHit[])[]): MemoryHit[] =>
  [...new Map(found.flat().map((hit) => [hit.id, hit])).values()].sort((a, b) => b.score - a.score).slice(0, MOST);

/** Characters of a long text around the first word that was searched for. */
const BEFORE = 60;
const LENGTH = 320;
/** Where a long text says what was searched for: the part of it around the first such word, or its beginning. */
export function excerptOf(content: string, question: string): string {
  const text = content.replace(/\s+/g, ' ').trim();
  let at = 0;
  for (const part of markedWords(text, question)) {
    if (part.marked) break;
    at += part.text.length;
  }
  if (at <= BEFORE || at >= text.length) return text.slice(0, LENGTH);
  const from = text.lastIndexOf(' ', at - BEFORE) + 1;
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + LENGTH)}`;
}
