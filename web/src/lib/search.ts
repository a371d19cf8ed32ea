/** What the router read from the address: it parses `?q=123` as a number, so texts may arrive as one. */
export type RawSearch = Record<string, unknown>;

/** A text of the address, trimmed and cut to `most` characters; undefined when there is none. */
export function textOf(raw: unknown, most = 200): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') return undefined;
  return String(raw).trim().slice(0, most) || undefined;
}

/** One of the known values, or undefined. */
export const oneOf = <T extends string>(known: readonly T[], raw: unknown): T | undefined => known.find((value) => value === raw);

export type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/** Without what is not set, so that the address holds only what was chosen. */
export const compact = <T extends object>(search: Loose<T>): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && value !== false)) as T;
