/** `server.*`, `*.failed`, `*`: the star stands for any text. In linear time, since whoever writes the pattern may mean us ill. */
export function matchesPattern(pattern: string, type: string): boolean {
  const parts = pattern.split('*');
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (parts.length === 1) return pattern === type;
  if (!type.startsWith(first) || !type.endsWith(last) || type.length < first.length + last.length) return false;
  const end = type.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = type.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Does one of the patterns name the event? The plural of older documents (`servers.*`) names the same events as the singular. */
export const matchesType = (patterns: readonly string[], type: string): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, type) || matchesPattern(pattern.replace(/^([a-zA-Z]+)s\./, '$1.'), type));
