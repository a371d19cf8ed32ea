import type { Database } from '#kernel/database.ts';
import type { Ask, Kind, Page, Row } from './kind.ts';
import { pictureOf } from './pictures.ts';

/** Does some work in a transaction of the tenant. */
export type InTenant = <T>(work: (db: Database) => Promise<T>) => Promise<T>;

/** All rows of a report in pages, each read in a transaction of its own, so that no report holds one open for long. */
export async function* rowsOf(kind: Kind, ask: Ask, inTenant: InTenant, signal?: AbortSignal): AsyncGenerator<readonly Row[]> {
  if (kind.picture) {
    yield (await pictureOf(kind, ask, inTenant)) ?? [];
    return;
  }
  const fold = kind.fold?.(ask.filters);
  for (let after: string | null | undefined; after !== null;) {
    signal?.throwIfAborted();
    const begun = after ?? null;
    const { rows, next }: Page = await inTenant((db) => kind.page(db, ask, begun));
    if (fold) for (const row of rows) fold.add(row);
    else yield rows;
    after = next;
  }
  if (fold) yield fold.rows();
}
