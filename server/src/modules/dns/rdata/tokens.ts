import { escapeAt, type Name } from '../names.ts';
import { Invalid, within } from '../invalid.ts';

/** A word or a quoted string of a record's text, escapes still in it. */
export interface Token {
  text: string;
  quoted: boolean;
  /** Offset of the text (behind the quote) in what was read. */
  at: number;
  /** Follows the token before it without space, as the value in `alpn="h2"`. */
  glued: boolean;
}

const ENDS_WORD: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n', '\f', '\v', '"', '(', ')', ';']);

/** Where the token that begins at `at` ends (exclusive). A quoted string may not cross a line; a backslash takes the next character along. */
function tokenEnd(text: string, at: number): number {
  const quoted = text[at] === '"';
  for (let end = quoted ? at + 1 : at; ; end++) {
    const char = text[end];
    if (char === undefined || char === '\n') {
      if (quoted) throw new Invalid('the quote is not closed on its line', at);
      return end;
    }
    if (char === '\\') {
      end++;
      if (text[end] === undefined || text[end] === '\n') throw new Invalid('the line ends after a backslash', end - 1);
    } else if (quoted ? char === '"' : ENDS_WORD.has(char)) return quoted ? end + 1 : end;
  }
}

/** The token at `at`, which must stand at its first character (or its opening quote), and where it ends. */
export function readToken(text: string, at: number, glued: boolean): [token: Token, end: number] {
  const end = tokenEnd(text, at);
  const quoted = text[at] === '"';
  return [{ text: quoted ? text.slice(at + 1, end - 1) : text.slice(at, end), quoted, at: quoted ? at + 1 : at, glued }, end];
}

/** The tokens of one record's value as an API gives it: one line, no comments, no parentheses. */
export function tokenize(value: string): Token[] {
  const tokens: Token[] = [];
  let glued = false;
  for (let at = 0; at < value.length;) {
    const char = value[at]!;
    if (char === ' ' || char === '\t') {
      at++;
      glued = false;
    } else if (char !== '"' && ENDS_WORD.has(char)) {
      throw new Invalid(`the character ${JSON.stringify(char)} has no place here; put text with special characters in quotes`, at);
    } else {
      const [token, end] = readToken(value, at, glued);
      tokens.push(token);
      at = end;
      glued = true;
    }
  }
  return tokens;
}

/** Hands out tokens one after the other, and knows which origin relative names have. */
export class Tokens {
  readonly origin: Name | undefined;
  #at = 0;
  readonly #tokens: readonly Token[];
  constructor(tokens: readonly Token[], origin?: Name) {
    this.#tokens = tokens;
    this.origin = origin;
  }
  next(what: string): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new Invalid(`${what} is missing`, endOf(this.#tokens.at(-1)));
    this.#at++;
    return token;
  }
  rest(): Token[] {
    const rest = this.#tokens.slice(this.#at);
    this.#at = this.#tokens.length;
    return rest;
  }
  /** What `parse` finds invalid lies in `token`. */
  at<T>(token: Token, parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      throw error instanceof Invalid ? new Invalid(error.message, error.at ?? token.at) : error;
    }
  }
  end(): void {
    const extra = this.#tokens[this.#at];
    if (extra) throw new Invalid(`"${extra.text.slice(0, 40)}" is more than this type takes`, extra.at);
  }
}

const endOf = (token: Token | undefined): number | undefined => token && token.at + token.text.length;

/** Octets of a token: escapes resolved, other characters as UTF-8. */
export function octets({ text, at: start }: Token): Buffer {
  if (!text.includes('\\')) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    if (at > from) parts.push(Buffer.from(text.slice(from, at), 'utf8'));
    const [byte, width] = within(start, () => escapeAt(text, at));
    parts.push(Buffer.from(byte, 'latin1'));
    from = at + width;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

/** Octets as a quoted string: `"` and `\` escaped, everything not printable ASCII as `\DDD`. */
export const quote = (bytes: Uint8Array): string =>
  `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[^\x20-\x7e]|["\\]/g, (char) => (char === '"' || char === '\\' ? `\\${char}` : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`))}"`;
