/** A name and its value as a file has them; `line` counts from 1 and is where the name stands. */
export interface Entry {
  line: number;
  name: string;
  value: string;
}

/** A line that cannot be taken, and why. Never says a value. */
export interface BadLine {
  line: number;
  name: string | null;
  reason: string;
}

/** What a file says, good and bad, in the order of its lines. */
export interface Parsed {
  entries: Entry[];
  bad: BadLine[];
}

/** Keeps the first of entries that share a name: which of two values somebody meant is not for us to guess. */
export function withoutTwins({ entries, bad }: Parsed): Parsed {
  const first = new Map<string, number>();
  const kept: Entry[] = [];
  const twins: BadLine[] = [];
  for (const entry of entries) {
    const line = first.get(entry.name);
    if (line === undefined) kept.push(entry);
    else twins.push({ line: entry.line, name: entry.name, reason: `is on line ${line} already` });
    if (line === undefined) first.set(entry.name, entry.line);
  }
  return { entries: kept, bad: [...bad, ...twins].toSorted((a, b) => a.line - b.line) };
}

/** The file without a byte order mark, its lines ended in one way. */
export const plainText = (text: string): string => text.replace(/^\u{FEFF}/u, '').replaceAll(/\r\n?/g, '\n');
