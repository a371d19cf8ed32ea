import { sql, type SQL } from '#kernel/drizzle.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Metadata } from '#kernel/recall/fields.ts';
import type { Place } from './find.ts';
import type { Kept } from './rules.ts';
import type { MemoryRow } from './tables.ts';

type Opened = Pick<Kept, 'content' | 'summary' | 'metadata'>;
type Table = 'memories' | 'memory_versions';

/** What a row holds in the clear. */
export async function opened(sealer: Pick<Sealer, 'open'>, { db, tenantId }: Place, table: Table, row: { id: string; content: string | null; sealed: string | null; summary: string | null; metadata: Metadata }): Promise<Opened> {
  if (row.sealed === null) return { content: row.content ?? '', summary: row.summary, metadata: row.metadata };
  return JSON.parse(await sealer.open(db, { tenantId, table, row: row.id, field: 'content' }, row.sealed)) as Opened;
} // prettier-ignore

/** The columns of what is in the clear, or sealed where it is a secret. */
export async function closed(sealer: Pick<Sealer, 'seal'>, { db, tenantId }: Place, table: Table, id: string, isSecret: boolean, { content, summary, metadata }: Opened) {
  if (!isSecret) return { content, summary, metadata, sealed: null };
  const sealed = await sealer.seal(db, { tenantId, table, row: id, field: 'content' }, JSON.stringify({ content, summary, metadata }));
  return { content: null, summary: null, metadata: {}, sealed };
} // prettier-ignore

export const keptOf = (row: MemoryRow, inTheClear: Opened): Kept => {
  const { type, title, tags, sensitivity, importance, confidence, expiresAt, accessLabels, entities } = row;
  return { type, title, tags, sensitivity, importance, confidence, expiresAt, accessLabels, entities, ...inTheClear };
};

/** What is kept is of any language. Stems of English are taken from what is stored and from what is asked alike, so others match as they stand. */
export const LANGUAGE = 'english';
const part = (text: string, weight: 'A' | 'B' | 'C'): SQL => sql`setweight(to_tsvector(${LANGUAGE}::regconfig, ${text}), ${weight}::"char")`;

/** What a memory is found by in words; of a secret its names alone. */
export function wordsOf(key: string, { title, tags, sensitivity, summary, content, entities }: Kept): SQL {
  const names = part([key, title ?? '', ...tags].join(' '), 'A');
  return sensitivity === 'secret' ? names : sql`${names} || ${part([summary ?? '', ...entities].join(' '), 'B')} || ${part(content, 'C')}`;
}
