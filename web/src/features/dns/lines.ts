/** Where each line of a text begins. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** One line, from 1, without its end. */
export function lineOf(text: string, starts: readonly number[], line: number): string {
  const from = starts[line - 1];
  if (from === undefined) return '';
  const next = starts[line];
  return text.slice(from, next === undefined ? undefined : next - 1).replace(/\r$/, '');
}

/** Offset of a line and column in a text, both counted from 1; never beyond the line. */
export function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let now = 1; now < line; now++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + column - 1, end < 0 ? text.length : end);
}
