/** A passage, as far as a quotation says of it. */
export interface Quoted {
  text: string;
  heading: string | null;
  document: { id: string; title: string };
  chunk: number | null;
  source: string | null;
}

const SHORTENED = ' …';
const sourceOf = ({ document, heading, chunk, source }: Quoted, at: number): string =>
  `[${at + 1}] ${document.title}${heading === null || heading === document.title ? '' : `, ${heading}`}${chunk === null ? '' : `, passage ${chunk}`}${source === null || source === document.title ? '' : ` (${source})`}`;

/**
 * Passages with citation marks, and below them where each is from. No longer than said: those that do not fit are left out, the last that
 * fits in part is cut, and the sources of what is shown are always whole.
 */
export function contextOf(passages: readonly Quoted[], maxChars: number): string {
  const [quoted, sources] = [[] as string[], [] as string[]];
  let room = maxChars - '\n\nSources:'.length;
  for (const [at, passage] of passages.entries()) {
    const [mark, source] = [`[${at + 1}] `, sourceOf(passage, at)];
    // A line between passages, and the line of its source.
    const left = room - mark.length - source.length - 3;
    if (left < SHORTENED.length + 1) break;
    const text = passage.text.length <= left ? passage.text : `${passage.text.slice(0, left - SHORTENED.length)}${SHORTENED}`;
    quoted.push(`${mark}${text}`);
    sources.push(source);
    room = left - text.length;
  }
  return quoted.length === 0 ? '' : `${quoted.join('\n\n')}\n\nSources:\n${sources.join('\n')}`;
}
