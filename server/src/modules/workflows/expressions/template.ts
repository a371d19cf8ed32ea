import { NodeError } from '../nodes/declare.ts';

/** A piece of a text: words as they stand, or an expression with its place in the source. */
export type Piece = { text: string } | { source: string; start: number };

const QUOTES: ReadonlySet<string> = new Set(['"', "'"]);

/** The end of a text of CEL that begins here: behind its closing quote. */
function behindQuote(source: string, start: number): number {
  const quote = source[start]!;
  const fence = source.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + fence.length; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(fence, at)) return at + fence.length;
  }
  return source.length;
}

/** Where the `}}` is that closes an expression: not within a text of it, nor of a map inside it. */
function closing(source: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at]!;
    if (QUOTES.has(character)) at = behindQuote(source, at) - 1;
    else if (character === '{') depth++;
    else if (character === '}') {
      if (depth === 0 && source[at + 1] === '}') return at;
      depth--;
    }
  }
  return undefined;
}

/** Reads a text with `{{ }}` in it; `\{{` stands for `{{`. Throws NodeError for one that is never closed. */
export function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    if (open < 0) break;
    if (source[open - 1] === '\\') {
      text += `${source.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    const end = closing(source, open + 2);
    if (end === undefined)
      throw new NodeError('expression-error', 'expression', `"{{" at ${open} is never closed by "}}"; write \\{{ for the braces themselves`);
    text += source.slice(at, open);
    if (text !== '') pieces.push({ text });
    text = '';
    pieces.push({ source: source.slice(open + 2, end), start: open + 2 });
    at = end + 2;
  }
  text += source.slice(at);
  if (text !== '' || pieces.length === 0) pieces.push({ text });
  return pieces;
}

/** Whether anything in a text has to be looked at. */
export const isPlain = (source: string): boolean => !source.includes('{{');
