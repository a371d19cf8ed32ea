import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Statement } from '#kernel/database.ts';
import { sqlError } from '#kernel/sql-errors.ts';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { scrubValue } from '#kernel/taint.ts';
import type { Json } from '../graph.ts';
import { payloadPlace, storeBlob } from './files.ts';
import { commitContext, type RunDeps } from './node-run.ts';
import { attemptFailed } from './attempts.ts';
import { cancelChildren } from './control.ts';
import { writeAttempt, type Rerun } from './rerun.ts';
import { complete } from './settle.ts';
import type { ExecutionRow } from './tables.ts';
import { emptyOutbox, type Outbox, type Rec, type Walk } from './walk.ts';
import { isCounted, writeUsage } from './usage.ts';
import { isGuarded, keepApart, keepsApart, veilEnd } from './veil.ts';

/** Bytes of a payload that lies in its row; larger ones are blobs (workflows.md 9.2). */
const INLINE = 65_536;

/** Somebody else holds the execution by now: what this process knows of it counts no more. */
export class Taken extends Error {}

/** A change of the execution's state that goes with a write. */
export interface Moved {
  status?: 'waiting' | 'paused' | 'completed' | 'partial_success' | 'failed' | 'timed_out' | 'cancelled';
  wakeAt?: Date;
  outputs?: Json;
  error?: unknown;
  errors?: unknown;
  ended?: Date;
  release?: true;
  /** Payloads of sensitive nodes are erased. */
  forget?: true;
  activeMs?: number;
  /** It failed, and is tried again as a whole. */
  rerun?: Rerun;
  outbox?: { id: string; type: string; data: Record<string, unknown> }[];
}

export interface Heard {
  seq: number;
  nudged: boolean;
  cancel: unknown;
  pause: unknown;
  /** The write had been made before, and its answer was lost: what was asked for is not known from it. */
  again?: true;
}

export interface WriteDeps extends RunDeps {
  owner: number;
  /** Stores an execution of a child in the transaction that begins it. */
  accept: (db: Database, start: Outbox['children'][number]) => Promise<unknown>;
  observe: (seconds: number, records: Iterable<Rec>, row: ExecutionRow) => void;
  crashPoint: (name: string) => void;
  /** Writes of an execution, together with those of others; answers what the last of its statements does. */
  writes: (tenantId: string, statements: readonly Statement[]) => Promise<Heard>;
  /** Executions of children are in the queue. */
  begun: () => void;
}

const WRITE = { name: 'workflow_write', text: 'select workflow_write($1, $2, $3, $4, $5) as heard' };
const WRITES = { name: 'workflow_writes', text: 'select writes from workflow_executions where tenant_id = $1 and id = $2 and epoch = $3' };

/** Payloads of a sensitive node, which nobody is shown. */
async function sealedPayload(db: Database, { sealer }: WriteDeps, tenantId: string, rec: Rec): Promise<string> {
  const { id, input = null, output = null, state = null, steps = null, ...rest } = rec;
  return JSON.stringify({ ...rest, id, sealed: await sealer.seal(db, payloadPlace(tenantId, id), JSON.stringify({ input, output, state, steps })) });
}

/** A record whose payloads are large: its input is left out, its output lies in a blob. */
async function slimmed(db: Database, { sealer }: WriteDeps, { row }: Walk, { input = null, ...rec }: Rec): Promise<string> {
  const slim = JSON.stringify(input).length <= INLINE ? { ...rec, input } : rec;
  const output = JSON.stringify(rec.output ?? null);
  if (output.length <= INLINE) return JSON.stringify(slim);
  const blob = { name: rec.key, mime: 'application/json', sensitive: false };
  const place = { tenantId: row.tenantId, executionId: row.id };
  const outputBlob = await storeBlob(db, sealer, place, Buffer.from(output).toString('base64'), output.length, blob);
  return JSON.stringify({ ...slim, output: null, outputBlob, bytes: output.length });
}

const isSealed = ({ program }: Walk, { nodeId }: Rec): boolean => program.source.nodes.find(({ id }) => id === nodeId)?.settings?.sensitive === true;

const withoutMemory = ({ steps: _steps, state: _state, ...rec }: Rec): Rec => rec;

/** A record as it is written; what is large or sensitive lies elsewhere, sealed. */
async function shelved(db: Database | null, deps: WriteDeps, walk: Walk, rec: Rec): Promise<string | null> {
  if (isSealed(walk, rec)) return db && sealedPayload(db, deps, walk.row.tenantId, rec);
  const kept: Rec = keepsApart(rec) ? withoutMemory(rec) : rec;
  const text = JSON.stringify(kept);
  return text.length <= INLINE ? text : db && slimmed(db, deps, walk, kept);
}

type Add = (name: string, value: unknown) => void;

async function addOutputs(db: Database | null, { sealer }: WriteDeps, { row }: Walk, { outputs }: Moved, add: Add): Promise<boolean> {
  if (outputs === undefined || row.veiled) return true;
  const text = JSON.stringify(outputs);
  if (text.length <= INLINE) return (add('outputs', outputs), true);
  if (!db) return false;
  const blob = { name: 'outputs', mime: 'application/json', sensitive: false };
  const place = { tenantId: row.tenantId, executionId: row.id };
  add('outputsBlob', await storeBlob(db, sealer, place, Buffer.from(text).toString('base64'), text.length, blob));
  return true;
}

/** How far it is. */
function addStanding({ response, done, total, failures }: Walk, { ended }: Moved, add: Add): void {
  if (response) add('response', response);
  add('done', done);
  add('total', total);
  add('failed', failures.length);
  add('progress', ended ? 100 : Math.min(99, Math.round((100 * done) / Math.max(1, total))));
}

const LISTS = ['events', 'logs', 'waits', 'closed'] as const;

/** All of a write, as the database takes it; null where something of it lies elsewhere, and no transaction is given to put it there. */
async function textOf(db: Database | null, deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved, number: number): Promise<string | null> {
  const parts = [`"write":${number}`];
  const add: Add = (name, value) => void parts.push(`"${name}":${JSON.stringify(value)}`);
  for (const [name, value] of Object.entries(moved)) if (name !== 'outputs' && name !== 'rerun') add(name, value ?? null);
  if (!(await addOutputs(db, deps, walk, moved, add))) return null;
  addStanding(walk, moved, add);
  const records: string[] = [];
  for (const rec of out.records) {
    const text = await shelved(db, deps, walk, rec);
    if (text === null) return null;
    records.push(text);
  }
  if (records.length > 0) parts.push(`"records":[${records.join(',')}]`);
  for (const list of LISTS) if (out[list].length > 0) add(list, out[list]);
  return `{${parts.join(',')}}`;
}

/** Effects on our own tables, and what they announce, in the transaction of their checkpoint. */
async function carryOut(db: Database, deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved): Promise<void> {
  for (const { spot, act } of out.commits) {
    const announced: { id: string; type: string; data: Record<string, unknown> }[] = [];
    const ctx = commitContext(walk, deps, db, (type, data) => void announced.push({ id: newId(), type, data: scrubValue(data, walk.row.tenantId) }));
    let done: { to?: string; output: Json };
    await db.execute(sql`savepoint effect`);
    try {
      done = await act(ctx);
      await db.execute(sql`release savepoint effect`);
    } catch (error) {
      if (error instanceof Problem && error.slug === 'dependency-unavailable') throw error;
      await db.execute(sql`rollback to savepoint effect`);
      walk.active.delete(spot);
      attemptFailed(walk, spot, error);
      continue;
    }
    walk.active.delete(spot);
    moved.outbox = [...(moved.outbox ?? []), ...announced];
    complete(walk, spot, new Map([[done.to ?? 'main', done.output]]));
  }
  for (const start of out.children) await deps.accept(db, start);
}

/** What it has begun goes no further than itself; of one that is tried again, what those parts began that are run anew. */
async function endChildren(db: Database, row: Walk['row'], { ended, status, rerun }: Moved): Promise<void> {
  if (ended && status !== 'completed') await cancelChildren(db, row, `The execution that began it is ${status}.`);
  if (rerun) await cancelChildren(db, row, 'The execution that began it failed, and is tried again.', rerun.nodes);
}

/** What lies apart, sealed, and what goes at the end. */
async function hide(db: Database, { sealer }: WriteDeps, walk: Walk, { records }: Outbox, { ended, outputs = null }: Moved): Promise<void> {
  for (const rec of records) if (keepsApart(rec) && !isSealed(walk, rec)) await keepApart(db, sealer, walk, rec);
  if (ended) await veilEnd(db, sealer, walk, outputs);
}

const writing = ({ owner }: WriteDeps, { tenantId, id, epoch }: ExecutionRow, text: string): Statement => ({
  ...WRITE,
  values: [tenantId, id, owner, epoch, text],
});

/** Nothing else is written with it: so are most writes. */
const standsAlone = ({ row, program, hasChildren }: Walk, { records, commits, children }: Outbox, { rerun }: Moved): boolean =>
  commits.length + children.length === 0 &&
  row.parentId === null &&
  row.attempt === 1 &&
  !row.veiled &&
  !rerun &&
  !hasChildren &&
  !isGuarded(program) &&
  ![...records].some((rec) => keepsApart(rec) || isCounted(rec));

/** With what others write at the same moment; undefined where it needs a transaction of its own. */
async function inCompany(deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved): Promise<Heard | undefined> {
  if (!standsAlone(walk, out, moved)) return undefined;
  const text = await textOf(null, deps, walk, out, moved, walk.writes + 1);
  if (text === null) return undefined;
  const query = writing(deps, walk.row, text);
  return deps.writes(walk.row.tenantId, walk.birth ? [walk.birth, query] : [query]);
}

async function once(deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved, isRepeated: boolean): Promise<Heard> {
  const { row } = walk;
  const number = walk.writes + 1;
  return deps.databases.tenant({ tenantId: row.tenantId, operation: 'workflow checkpoint' }, async (db) => {
    if (isRepeated) {
      const { rows } = await db.$client.query<{ writes: number }>({ ...WRITES, values: [row.tenantId, row.id, row.epoch] });
      if (rows[0]?.writes === number) return { seq: 0, nudged: true, cancel: null, pause: null, again: true };
    }
    if (walk.birth) await db.$client.query(walk.birth);
    const with_ = { ...moved };
    if (!isRepeated && (out.commits.length > 0 || out.children.length > 0)) {
      await carryOut(db, deps, walk, out, with_);
      // What that made of the walk goes with the same write.
      for (const rec of walk.out.records) out.records.add(rec);
      out.events.push(...walk.out.events.splice(0));
      out.waits.push(...walk.out.waits.splice(0));
      walk.out.records.clear();
    }
    // Before its own row, as a child that ends writes the two: else they could wait for each other.
    if (walk.hasChildren) await endChildren(db, row, with_);
    const text = await textOf(db, deps, walk, out, with_, number);
    const { rows } = await db.$client.query<{ heard: Heard }>(writing(deps, row, text!));
    await hide(db, deps, walk, out, with_);
    await writeAttempt(db, walk, with_);
    await writeUsage(db, walk, out.records);
    return rows[0]!.heard;
  });
}

/** Milliseconds for which a write is tried while the database does not answer; then the lease is over anyway. */
const PATIENCE = 25_000;

/** Two writers waited for each other, and this one was chosen to give way: nothing of it was made. */
const GAVE_WAY: ReadonlySet<string> = new Set(['40P01', '40001']);

/** What is tried again while the database does not answer: not what has effects of ours in it, which may have been made. */
const isTriedAgain = (error: unknown, { commits, children }: Outbox, end: number): boolean =>
  ((error instanceof Problem && error.slug === 'dependency-unavailable') || GAVE_WAY.has(sqlError(error)?.code ?? '')) &&
  commits.length + children.length === 0 &&
  Date.now() < end;

/**
 * Writes down all that has happened, in one transaction. While the database does not answer it is tried again; the number of the write
 * tells whether one whose answer was lost had been made. Throws Taken when another worker holds the execution.
 */
export async function write(deps: WriteDeps, walk: Walk, moved: Moved = {}): Promise<Heard> {
  const out = walk.out;
  walk.out = emptyOutbox();
  const from = performance.now();
  const end = Date.now() + PATIENCE;
  const number = walk.writes + 1;
  deps.crashPoint(`write ${number}:before`);
  for (let tries = 0; ; tries += 1) {
    try {
      const heard = (tries === 0 ? await inCompany(deps, walk, out, moved) : undefined) ?? (await once(deps, walk, out, moved, tries > 0));
      Object.assign(walk, { writes: number, birth: undefined }, moved.ended ? { ending: { status: moved.status } } : {});
      deps.observe((performance.now() - from) / 1_000, out.records, walk.row);
      deps.crashPoint(`write ${number}:after`);
      if (out.children.length > 0) deps.begun();
      return heard;
    } catch (error) {
      if (sqlError(error)?.code === 'WF001') throw new Taken('the execution is held by another worker');
      if (!isTriedAgain(error, out, end)) throw error;
      await pause(Math.min(1_000, 50 * 2 ** tries));
    }
  }
}
