import { Problem } from '#kernel/problem.ts';
import { MOST_BYTES, type MediaType } from './schemas.ts';

const ENDINGS: Readonly<Record<string, MediaType>> = {
  txt: 'text/plain', text: 'text/plain', log: 'text/plain', md: 'text/markdown', markdown: 'text/markdown', html: 'text/html', htm: 'text/html', csv: 'text/csv',
}; // prettier-ignore
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const unreadable = (detail: string, pointer: string): Problem =>
  new Problem('document-unreadable', detail, { errors: [{ pointer, message: detail }] });

export interface Uploaded {
  bytes: Buffer;
  mediaType: MediaType;
}

function bytesOf(content: string, encoding: 'text' | 'base64'): Buffer {
  if (encoding === 'text') return Buffer.from(content, 'utf8');
  if (!BASE64.test(content)) throw unreadable('The content is not base64 (RFC 4648).', '/content');
  return Buffer.from(content, 'base64');
}

/** What was uploaded, if it can be read. Throws `document-unreadable` or `document-too-large`. */
export function upload({ filename, content, encoding }: { filename: string; content: string; encoding: 'text' | 'base64' }): Uploaded {
  const bytes = bytesOf(content, encoding);
  if (bytes.length > MOST_BYTES) throw new Problem('document-too-large', `"${filename}" has ${bytes.length} bytes; ${MOST_BYTES} is the most. Cut it into several documents.`); // prettier-ignore
  const ending = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'pdf' || bytes.subarray(0, 5).toString('latin1') === '%PDF-') throw unreadable('PDF is not read. Export it as text, Markdown or HTML and upload that.', '/filename'); // prettier-ignore
  const mediaType = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  if (!mediaType) throw unreadable(`Files that end in ".${ending.slice(0, 20)}" are not read. There are ${Object.keys(ENDINGS).join(', ')}.`, '/filename'); // prettier-ignore
  textOf(bytes);
  return { bytes, mediaType };
}

/** The text of a file. Throws `document-unreadable` for what is none. */
export function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // said below, as of every file that is no text
  }
  throw unreadable('The file is no text in UTF-8. Save it in UTF-8 and upload it again.', '/content');
}

/** Throws where passages would be made of what they overlap. */
export function requireSizes({ passageSize, passageOverlap }: { passageSize: number; passageOverlap: number }): void {
  if (passageOverlap * 2 <= passageSize) return;
  const message = `At most half of the size of a passage, which is ${passageSize}`;
  throw new Problem('validation-failed', 'Passages overlap by more than half.', { errors: [{ pointer: '/passageOverlap', message }] });
}
