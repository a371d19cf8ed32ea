/** Shorter ones are in every text. */
const SHORTEST = 3;

export interface Part {
  text: string;
  marked: boolean;
}
/** A text cut where words begin as those of a question do: `reload` marks `reloaded` too, since searches bring words to their stems. */
export function markedWords(text: string, question: string): Part[] {
  const wanted = [...new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].filter(({ length }) => length >= SHORTEST);
  if (wanted.length === 0) return [{ text, marked: false }];
  // Letters and digits only, so there is nothing in them that a pattern would read as more.
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])((?:${wanted.join('|')})[\\p{L}\\p{N}]*)`, 'giu');
  return text
    .split(pattern)
    .map((part, at) => ({ text: part, marked: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}
