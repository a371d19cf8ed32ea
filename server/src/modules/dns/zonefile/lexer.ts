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

function readEntry(text: string, from: number): [entry: ZoneEntry, end: number] {
  const tokens: Token[] = [];
  const open: number[] = [];
  let glued = false;
  let at = from;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n' && open.length === 0) break;
    if (at - from > MAX_ENTRY) throw new Invalid('the entry is too long; is a parenthesis not closed?', open[0] ?? from);
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') at++;
    else if (char === ';') at = lineEnd(text, at);
    else if (char === '(') open.push(at++);
    else if (char === ')') {
      if (open.pop() === undefined) throw new Invalid('a parenthesis is closed that was not opened', at);
      at++;
    } else {
      const [token, end] = readToken(text, at, glued);
      if (end === at) throw new Invalid(`the character ${JSON.stringify(char)} has no place here`, at);
      tokens.push(token);
      at = end;
      glued = true;
      continue;
    }
    glued = false;
  }
  if (open.length > 0) throw new Invalid('a parenthesis is not closed', open[0]);
  return [{ tokens, blankOwner: text[from] === ' ' || text[from] === '\t', at: from }, at + 1];
}
