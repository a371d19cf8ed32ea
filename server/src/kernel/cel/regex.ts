import { RE2JS } from 're2js';

const CACHE_SIZE = 500;
const MAX_PATTERN = 1_000;
const cache = new Map<string, RE2JS>();

/** Compiles a pattern of RE2 syntax, which is matched in time linear in the text. Throws RangeError for what is none. */
export function compilePattern(pattern: string): RE2JS {
  const known = cache.get(pattern);
  if (known) return known;
  if (pattern.length > MAX_PATTERN) throw new RangeError(`a pattern has at most ${MAX_PATTERN} characters`);
  try {
    const compiled = RE2JS.compile(pattern);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(pattern, compiled);
    return compiled;
  } catch (error) {
    throw new RangeError(`"${pattern}" is not a pattern that RE2 knows: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
