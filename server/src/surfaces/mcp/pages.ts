import type { AnyOperation } from '#kernel/operation.ts';

/** Characters. Longer texts cost an agent its context; the rest is behind a link. */
export const MAX_TEXT = 102_400;

/** Where the whole of a long answer is read, page by page: the same read again, so it is decided, audited and current again. */
export const pageUri = ({ name }: AnyOperation, given: Record<string, unknown>, page: number): string =>
  `operation://${name}/${page}/${Buffer.from(JSON.stringify(given)).toString('base64url')}`;

export interface PageOf {
  name: string;
  page: number;
  input: Record<string, unknown>;
}

/** Which page of what an address names; undefined for what we have not given out. */
export function pageAt(uri: string): PageOf | undefined {
  const found = /^operation:\/\/([a-zA-Z.]{1,100})\/(\d{1,4})\/([\w-]{0,8000})$/.exec(uri);
  if (!found) return undefined;
  try {
    const input: unknown = JSON.parse(Buffer.from(found[3]!, 'base64url').toString('utf8'));
    if (input === null || typeof input !== 'object' || Array.isArray(input)) return undefined;
    return { name: found[1]!, page: Number(found[2]), input: input as Record<string, unknown> };
  } catch {
    return undefined;
  }
}

/** One page of a text, and whether there is another. */
export const pageText = (text: string, page: number): { text: string; more: boolean } => ({
  text: text.slice(page * MAX_TEXT, (page + 1) * MAX_TEXT),
  more: text.length > (page + 1) * MAX_TEXT,
});
