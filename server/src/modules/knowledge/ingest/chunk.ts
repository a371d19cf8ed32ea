import type { Section } from './sections.ts';

export interface Piece {
  heading: string | null;
  content: string;
}

/** Where a text is best cut, the best first: paragraphs, lines, sentences, words. */
const BREAKS = ['\n\n', '\n', '. ', ' '] as const;

/** A high surrogate whose other half would be cut off. */
const splitsPair = (text: string, at: number): boolean => /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');

/** Where the piece that begins at `start` ends: in its second half at the best place, else where it is full. */
function endOf(text: string, start: number, size: number): number {
  const full = start + size;
  if (full >= text.length) return text.length;
  const least = Math.ceil(size / 2);
  // Within the piece alone: a text without any such place would be searched back to its beginning each time.
  const piece = text.slice(start, full);
  for (const mark of BREAKS) {
    const at = piece.lastIndexOf(mark);
    if (at !== -1 && at + mark.length > least) return start + at + mark.length;
  }
  return splitsPair(text, full) ? full - 1 : full;
}

/** Where the next piece begins: with the last words of the one before, as far as they may overlap. */
function startAfter(text: string, end: number, overlap: number): number {
  if (overlap === 0) return end;
  const earliest = end - overlap;
  if (/\s/.test(text[earliest - 1]!)) return earliest;
  const space = text.slice(earliest, end).search(/\s/);
  return space === -1 ? end : earliest + space + 1;
}

/** A text in pieces of at most `size` characters that cover it, each beginning with up to `overlap` characters of the one before. */
export function cut(text: string, size: number, overlap: number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOf(text, start, size);
    const piece = text.slice(start, end).trim();
    if (piece !== '') pieces.push(piece);
    if (end >= text.length) break;
    start = startAfter(text, end, overlap);
  }
  return pieces;
}

/** Passages of a document: none reaches over a heading. */
export const passagesOf = (sections: readonly Section[], size: number, overlap: number): Piece[] =>
  sections.flatMap(({ heading, text }) => cut(text, size, overlap).map((content) => ({ heading, content })));
