import { isUtf8 } from 'node:buffer';
import { printable } from '../names.ts';

/** Lines and columns count from 1; a column is a UTF-16 unit, as editors count. */
export interface TextFault {
  line: number;
  column: number;
  message: string;
}

const MAX_BYTES = 5 * 1024 * 1024;
const MAX_LINE = 64 * 1024;
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const CONTROL = /[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]/;

/** The text of a file, or why it is none: too large, not UTF-8, or with control characters in it. */
export function decodeText(input: string | Uint8Array): { text: string } | { fault: TextFault } {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.length;
  if (size > MAX_BYTES) return { fault: { line: 1, column: 1, message: `the file has ${size} bytes; ${MAX_BYTES} are possible` } };
  if (typeof input !== 'string' && !isUtf8(input)) return { fault: { ...firstBroken(input), message: 'this is not UTF-8 text' } };
  const text = (typeof input === 'string' ? input : Buffer.from(input).toString('utf8')).replace(/^\ufeff/, '');
  const at = text.isWellFormed() ? text.search(CONTROL) : text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  if (at < 0) return { text };
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return { fault: { ...lineIndex(text).place(at), message: `the character U+${code} (${printable(text[at]!)}) does not belong in a text file` } };
}

function firstBroken(bytes: Uint8Array): { line: number; column: number } {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0, line = 1; ; line++) {
    const newline = whole.indexOf(0x0a, from);
    const part = whole.subarray(from, newline < 0 ? whole.length : newline);
    if (!isUtf8(part)) {
      const decoded = part.toString('utf8');
      const again = Buffer.from(decoded);
      let same = 0;
      while (same < part.length && again[same] === part[same]) same++;
      return { line, column: part.subarray(0, same).toString('utf8').length + 1 };
    }
    if (newline < 0) return { line, column: 1 };
    from = newline + 1;
  }
}

export interface Lines {
  starts: readonly number[];
  /** Line and column of an offset. */
  place: (at: number) => { line: number; column: number };
}

export function lineIndex(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (at: number) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  };
  return { starts, place };
}

export const overlongLines = (text: string, { starts }: Lines): TextFault[] =>
  starts.flatMap((start, index) => {
    const length = (starts[index + 1] ?? text.length + 1) - start - 1;
    return length > MAX_LINE
      ? [{ line: index + 1, column: MAX_LINE + 1, message: `the line has ${length} characters; ${MAX_LINE} are possible` }]
      : [];
  });
