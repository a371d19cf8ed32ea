import { Invalid } from '../invalid.ts';
import { readToken, type Token } from '../rdata/tokens.ts';

/** One entry of a master file (RFC 1035 5.1): a line, or several held together by parentheses. */
export interface ZoneEntry {
  tokens: Token[];
  /** The line began with space: the owner is that of the entry before. */
  blankOwner: boolean;
  at: number;
}

/**
 * Cuts a file into entries, in one pass. What cannot be read goes to `onFault`, and reading goes on in the next line.
 * Comments are left out; `\r` counts as space, so files from Windows read alike.
 */
export function* zoneEntries(text: string, onFault: (fault: Invalid) => void): Generator<ZoneEntry> {
  for (let at = 0; at < text.length;) {
    try {
      const [entry, end] = readEntry(text, at);
      at = end;
      if (entry.tokens.length > 0) yield entry;
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      onFault(error);
      at = lineEnd(text, error.at ?? at) + 1;
    }
  }
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** More than the longest possible data takes with every octet escaped. It also keeps the search for a parenthesis from crossing the file again and again. */
const MAX_ENTRY = 300_000;

/** Where to go on behind space, a comment or a parenthesis at `at`; undefined when a token begins there. `open`: parentheses not closed yet. */
function behindFiller(text: string, at: number, open: number[]): number | undefined {
  switch (text[at]) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      return at + 1;
    case ';':
      return lineEnd(text, at);
    case '(':
      open.push(at);
      return at + 1;
    case ')':
      if (open.pop() === undefined) throw new Invalid('a parenthesis is closed that was not opened', at);
      return at + 1;
    default:
      return undefined;
  }
}

function readEntry(text: string, from: number): [entry: ZoneEntry, end: number] {
  const tokens: Token[] = [];
  const open: number[] = [];
  let glued = false;
  let at = from;
  while (at < text.length && (text[at] !== '\n' || open.length > 0)) {
    if (at - from > MAX_ENTRY) throw new Invalid('the entry is too long; is a parenthesis not closed?', open[0] ?? from);
    const next = behindFiller(text, at, open);
    glued &&= next === undefined;
    if (next !== undefined) {
      at = next;
      continue;
    }
    const [token, end] = readToken(text, at, glued);
    if (end === at) throw new Invalid(`the character ${JSON.stringify(text[at])} has no place here`, at);
    tokens.push(token);
    at = end;
    glued = true;
  }
  if (open.length > 0) throw new Invalid('a parenthesis is not closed', open[0]);
  return [{ tokens, blankOwner: text[from] === ' ' || text[from] === '\t', at: from }, at + 1];
}
