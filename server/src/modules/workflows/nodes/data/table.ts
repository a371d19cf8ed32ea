import { Problem } from '#kernel/problem.ts';
import { rowView } from '../../data-tables/schemas.ts';
import { findTable, readRows, writeRows, type Writing } from '../../data-tables/store.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type Result } from '../declare.ts';
import { begun, inOrder, proceed, settled, Standing, waitsForPeople, waitsOf, type Way } from '../operation/fan-out.ts';
import { classOf, refusalOf } from '../operation/outcome.ts';
import type { Config } from './config.ts';
import { answer, isWanted, rowsFrom } from './rows.ts';

/** Rows that an expression looks at before it is said that the table is too large to be searched that way. */
const MOST_SCANNED = 20_000;
const PAGE = 500;
const MOST_WRITTEN = 10_000;

const named = ({ table }: Config): string => {
  if (!table) throw new NodeError('node-config-invalid', 'config', 'Say which table.');
  return table;
};

/** What the tables say, as a node's error. */
async function telling<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new NodeError(error.slug, classOf({ slug: error.slug, status: error.kind.status }), error.message);
  }
}

export async function selectRows(run: NodeRun, config: Config): Promise<Result> {
  const { match, where, limit } = config;
  const table = named(config);
  // The Gate says whether the principal may read it; the rows are then read in one go.
  const allowed = await run.call('dataTables.get', { id: table });
  if (allowed.status === 'refused') throw refusalOf(allowed.problem);
  const rows: Json[] = [];
  await run.tx(({ db, tenantId }) =>
    telling(async () => {
      const place = { db, tenantId };
      const found = await findTable(place, table);
      let after: string | undefined;
      for (let seen = 0; rows.length < limit; ) {
        const page = await readRows(place, found, { ...(match ? { match } : {}), after, limit: where === undefined ? Math.min(limit - rows.length, PAGE) : PAGE });
        for (const row of page) if (rows.length < limit && isWanted(run, where, rowView(row), seen++)) rows.push(rowView(row));
        if (seen > MOST_SCANNED) throw new NodeError('limit-exceeded', 'limit', `An expression looks at ${MOST_SCANNED} rows at most; narrow them by \`match\`.`);
        after = page.at(-1)?.id;
        if (after === undefined || page.length < (where === undefined ? 1 : PAGE)) break;
      }
    }),
  );
  return answer(rows);
} // prettier-ignore

function writingOf(run: NodeRun, { action, match, set, values }: Config): Writing {
  const writing = { action: action as Writing['action'] };
  if (action === 'delete') return { ...writing, match };
  if (action === 'update') return { ...writing, match, set };
  const rows = rowsFrom(run, values);
  if (rows.length > MOST_WRITTEN) throw new NodeError('limit-exceeded', 'limit', `${MOST_WRITTEN} rows are written at once at most.`);
  return { ...writing, rows };
}

export const WRITE = 'dataTables.rows.write';
const way = (parallel: number): Way => ({ operation: WRITE, parallel, wait: 'done', plan: false, ifAlready: 'error', stopOnError: true });
const inputOf = (id: string, { rows, ...writing }: Writing): Record<string, Json>[] => {
  const plain = JSON.parse(JSON.stringify({ id, ...writing })) as Record<string, Json>;
  if (!rows) return [plain];
  return Array.from({ length: Math.max(1, Math.ceil(rows.length / PAGE)) }, (_, page) => ({ ...plain, rows: rows.slice(page * PAGE, (page + 1) * PAGE) as Json[] }));
}; // prettier-ignore

/**
 * The Gate says whether the principal may, by a dry run; then the rows are written in the transaction of the checkpoint, so once. Where a
 * rule has it agreed to first, the Operation itself does it, under a key.
 */
export async function writeTable(run: NodeRun, config: Config): Promise<Result> {
  const table = named(config);
  const writing = writingOf(run, config);
  const inputs = inputOf(table, writing);
  const asked = await run.call(WRITE, inputs[0]!, { dryRun: true, tag: 'may' });
  if (asked.status === 'refused') throw refusalOf(asked.problem);
  if (asked.status === 'planned' && Array.isArray(asked.requirements) && asked.requirements.length > 0) return goOn(run, begun(inputs));
  return {
    commit: async ({ db, tenantId, now }) => {
      const { rows, affected } = await telling(async () => writeRows({ db, tenantId }, await findTable({ db, tenantId }, table), writing, now()));
      return answer(rows, affected);
    },
  };
}

async function goOn(run: NodeRun, from: Standing): Promise<Result> {
  const standing = await proceed(run, way(1), from);
  const waits = waitsOf(standing);
  if (waits.length > 0) return { waits, state: { standing: standing as unknown as Json }, ...(waitsForPeople(standing) ? { paused: true } : {}) };
  const done = inOrder(standing);
  const bad = done.find(({ error }) => error !== undefined)?.error;
  if (bad) throw new NodeError(bad.type, bad.class as NodeError['class'], bad.message, { details: bad.details ?? null });
  const results = done.map(({ result }) => result as { affected: number; rows: Json[] });
  return answer(results.flatMap(({ rows }) => rows), results.reduce((sum, { affected }) => sum + affected, 0)); // prettier-ignore
}

export const resumeTable = (run: NodeRun, woken: Parameters<typeof settled>[1], state: Json): Promise<Result> =>
  goOn(run, settled(Standing.parse((state as { standing: Json }).standing), woken));
