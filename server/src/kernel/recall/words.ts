import type { PgColumn, PgTable } from '../columns.ts';
import type { Database } from '../database.ts';
import { sql, type SQL } from '../drizzle.ts';
import type { Found } from './fuse.ts';

/** Rows that are scored: the ones that PostgreSQL ranks first. */
const MOST_RANKED = 200;

export interface WordSearch {
  table: PgTable;
  id: PgColumn;
  search: PgColumn;
  where: SQL | undefined;
  query: string;
  /** Text search configuration of PostgreSQL. */
  language: string;
  limit: number;
  threshold: number;
}

/**
 * Rows that have any of the words. The score is the share of the words asked for that a row has, so that it means the same everywhere;
 * among equal ones the rank of PostgreSQL decides. Joined by "or": a question has words that its answer lacks.
 */
export async function findWords(db: Database, { table, id, search, where, query, language, limit, threshold }: WordSearch): Promise<Found[]> {
  const any = sql`(regexp_replace(plainto_tsquery(${language}::regconfig, ${query})::text, ' (&|<->|<[0-9]+>) ', ' | ', 'g'))::tsquery`;
  const { rows } = await db.execute<{ id: string; score: number }>(sql`
    with asked as (select ${any} as query, tsvector_to_array(to_tsvector(${language}::regconfig, ${query})) as terms),
    found as (
      select ${id} as id, ts_rank(${search}, asked.query, 1) as rank,
        (select count(*) from unnest(asked.terms) term where term = any(tsvector_to_array(${search})))::float8 / greatest(cardinality(asked.terms), 1) as score
      from ${table}, asked where ${search} @@ asked.query ${where === undefined ? sql`` : sql`and ${where}`}
      order by rank desc limit ${MOST_RANKED}
    )
    select id, score from found where score >= ${threshold} order by score desc, rank desc, id limit ${limit}`);
  return rows.map(({ id: found, score }) => ({ id: found, score }));
}
