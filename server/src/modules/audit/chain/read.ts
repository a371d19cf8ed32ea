import type { Database } from '#kernel/database.ts';
import { follow, unpack, type Link } from './links.ts';
import type { EntryRecord } from './record.ts';
import { headOf } from './sealer.ts';
import { chainIn } from './source.ts';

/** Which entries are wanted: `evidence` leaves out reads of nothing sensitive that were let through. */
export type Wanted = 'all' | 'evidence';

/** One entry with its place in the chain, from which whoever takes it can tell that nothing is missing or altered. */
export interface Linked {
  seq: number;
  /** The link, in hex: SHA-256 over the one before, the number, the id, the kind and the SHA-256 of the entry. */
  hash: string;
  entry: EntryRecord;
}

export interface Stretch {
  entries: Linked[];
  /** Number of the last link that was looked at, whether or not its entry is among them. */
  through: number;
  /** Number of the last link that there was, before anything was read. */
  head: number;
  /** Links before the first that are no longer there, and numbers of those whose entry was wanted and that retention let go. */
  trimmed: number;
  missing: number[];
}

/** The links after number `after`, with their hashes, and how many before the first of them are no longer there. */
async function linksAfter(
  db: Database,
  tenantId: string,
  after: number,
  most: number,
): Promise<{ links: (Link & { hash: string })[]; trimmed: number }> {
  const links: (Link & { hash: string })[] = [];
  const segments = await chainIn(db, tenantId).segments(after + 1, most);
  for (const segment of segments) {
    let head = segment.prevHash;
    for (const link of unpack(segment) ?? []) {
      head = follow(head, link);
      if (link.seq > after && links.length < most) links.push({ ...link, hash: head.toString('hex') });
    }
  }
  return { links, trimmed: links[0] ? links[0].seq - after - 1 : 0 };
}

/** The entries after link `after` in the order of the chain, of `most` links; only what is sealed, about a second after it was written. */
export async function readAfter(db: Database, tenantId: string, after: number, most: number, wanted: Wanted = 'all'): Promise<Stretch> {
  const { seq: head } = await headOf(db, tenantId);
  const { links, trimmed } = await linksAfter(db, tenantId, after, most);
  const last = links.at(-1);
  // Where there is no link up to what was the last of them, retention let them all go.
  if (!last) return { entries: [], through: Math.max(after, head), head, trimmed: Math.max(0, head - after), missing: [] };
  const taken = wanted === 'all' ? links : links.filter(({ kind }) => kind !== 'r');
  const found = taken.length === 0 ? new Map<string, EntryRecord>() : await chainIn(db, tenantId).entries(taken.map(({ id }) => id));
  const entries = taken.flatMap(({ seq, hash, id }) => {
    const entry = found.get(id);
    return entry ? [{ seq, hash, entry }] : [];
  });
  return { entries, through: last.seq, head, trimmed, missing: taken.filter(({ id }) => !found.has(id)).map(({ seq }) => seq) };
}
