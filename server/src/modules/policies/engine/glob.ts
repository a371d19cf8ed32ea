/** A pattern in pieces: a character that must stand there, `*` within a segment, `**` across segments. */
type Piece = { char: string } | 'star' | 'globstar';

const MAX_PIECES = 256;

function piecesOf(pattern: string): Piece[] {
  const pieces = [...pattern.matchAll(/\*+|[^*]/gsu)].map(([part]): Piece =>
    part === '*' ? 'star' : part.startsWith('*') ? 'globstar' : { char: part },
  );
  if (pieces.length > MAX_PIECES) throw new RangeError(`a glob has at most ${MAX_PIECES} characters`);
  return pieces;
}

/** Where one may stand without reading on: a star may stand for nothing. */
function skipStars(reached: boolean[], pieces: readonly Piece[]): void {
  for (const [at, piece] of pieces.entries()) if (reached[at] && typeof piece === 'string') reached[at + 1] = true;
}

/** All ways to read the pattern are followed side by side, so the time is text times pattern at worst, whatever the stars. */
function fits(text: string, pieces: readonly Piece[], separator: string): boolean {
  let reached: boolean[] = [true];
  skipStars(reached, pieces);
  for (const char of text) {
    const next: boolean[] = [];
    for (const [at, piece] of pieces.entries()) {
      if (!reached[at]) continue;
      if (typeof piece === 'object') next[at + 1] ||= piece.char === char;
      else if (piece === 'globstar' || char !== separator) next[at] = true;
    }
    skipStars(next, pieces);
    if (!next.includes(true)) return false;
    reached = next;
  }
  return reached[pieces.length] === true;
}

export type Glob = (text: string) => boolean;

/** Whether a text fits a pattern in which `*` stays within a segment and `**` crosses them. Throws RangeError for one that is too long. */
export function compileGlob(pattern: string, separator: string): Glob {
  if (!pattern.includes('*')) return (text) => text === pattern;
  if (pattern === '**') return () => true;
  const pieces = piecesOf(pattern);
  return (text) => fits(text, pieces, separator);
}

/** A list of globs in which `!` takes out again: one of the others must fit and none of those may. Only exclusions: all but them. */
export function compileGlobs(patterns: readonly string[], separator: string): Glob {
  const include = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => compileGlob(pattern, separator));
  const exclude = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => compileGlob(pattern.slice(1), separator));
  return (text) => (include.length === 0 || include.some((one) => one(text))) && !exclude.some((one) => one(text));
}

/** Remembers the answers for texts of which there are few, such as names of Operations. */
export function remembered(glob: Glob, most = 2_000): Glob {
  const answers = new Map<string, boolean>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) {
      if (answers.size >= most) answers.clear();
      answers.set(text, (answer = glob(text)));
    }
    return answer;
  };
}

const CACHE_SIZE = 500;
const cache = new Map<string, Glob>();

/** A glob on names and values: segments are separated by `/`. */
export function fitsGlob(text: string, pattern: string): boolean {
  let glob = cache.get(pattern);
  if (!glob) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(pattern, (glob = compileGlob(pattern, '/')));
  }
  return glob(text);
}
