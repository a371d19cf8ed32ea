import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { sqlError, type Database } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { scrubValue } from '#kernel/taint.ts';
import type { Json } from '../graph.ts';
import { storeBlob } from './files.ts';
import { commitContext, type RunDeps } from './node-run.ts';
import { attemptFailed } from './attempts.ts';
import { complete } from './settle.ts';
import { emptyOutbox, type Outbox, type Rec, type Walk } from './walk.ts';

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
  activeMs?: number;
  outbox?: { id: string; type: string; data: Record<string, unknown> }[];
}

export interface Heard {
  seq: number;
  nudged: boolean;
  cancel: unknown;
  pause: unknown;
}

export interface WriteDeps extends RunDeps {
  owner: number;
  /** Stores an execution of a child in the transaction that begins it. */
  accept: (db: Database, start: Outbox['children'][number]) => Promise<unknown>;
  observe: (seconds: number) => void;
  crashPoint: (name: string) => void;
  /** Executions of children are in the queue. */
  begun: () => void;
}

const WRITE = { name: 'workflow_write', text: 'select workflow_write($1, $2, $3, $4, $5) as heard' };
const WRITES = { name: 'workflow_writes', text: 'select writes from workflow_executions where tenant_id = $1 and id = $2 and epoch = $3' };

/** A record as it is written; what is large or sensitive lies elsewhere, sealed. */
async function shelved(db: Database, deps: WriteDeps, walk: Walk, rec: Rec): Promise<string> {
  const { row, program } = walk;
  const isSensitive = program.nodes.get(rec.nodeId)?.node.settings?.sensitive === true;
  const place = { tenantId: row.tenantId, executionId: row.id };
  if (isSensitive) {
    const payload = JSON.stringify({ input: rec.input ?? null, output: rec.output ?? null, state: rec.state ?? null, steps: rec.steps ?? null });
    const sealed = await deps.sealer.seal(db, { tenantId: row.tenantId, table: 'node_executions', row: rec.id, field: 'payload' }, payload);
    const { input: _i, output: _o, state: _s, steps: _t, ...rest } = rec;
    return JSON.stringify({ ...rest, sealed });
  }
  const text = JSON.stringify(rec);
  if (text.length <= INLINE) return text;
  const output = JSON.stringify(rec.output ?? null);
  const { input, ...slim } = rec;
  const small = JSON.stringify(input ?? null).length <= INLINE ? { ...slim, input: input ?? null } : slim;
  if (output.length <= INLINE) return JSON.stringify(small);
  const id = await storeBlob(db, deps.sealer, place, Buffer.from(output).toString('base64'), output.length, { name: rec.key, mime: 'application/json', sensitive: false }); // prettier-ignore
  return JSON.stringify({ ...small, output: null, outputBlob: id, bytes: output.length });
}

async function textOf(db: Database, deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved, write: number): Promise<string> {
  const parts = [`"write":${write}`];
  const add = (name: string, value: unknown): void => void parts.push(`"${name}":${JSON.stringify(value)}`);
  for (const [name, value] of Object.entries(moved)) if (name !== 'outputs') add(name, value ?? null);
  if ('outputs' in moved) {
    const text = JSON.stringify(moved.outputs ?? null);
    if (text.length > INLINE) {
      const place = { tenantId: walk.row.tenantId, executionId: walk.row.id };
      add('outputsBlob', await storeBlob(db, deps.sealer, place, Buffer.from(text).toString('base64'), text.length, { name: 'outputs', mime: 'application/json', sensitive: false })); // prettier-ignore
    } else parts.push(`"outputs":${text}`);
  }
  if (walk.response) add('response', walk.response);
  add('done', walk.done);
  add('total', walk.total);
  add('failed', walk.failures.length);
  add('progress', moved.ended ? 100 : Math.min(99, Math.round((100 * walk.done) / Math.max(1, walk.total))));
  if (out.records.size > 0) {
    const records: string[] = [];
    for (const rec of out.records) records.push(await shelved(db, deps, walk, rec));
    parts.push(`"records":[${records.join(',')}]`);
  }
  if (out.events.length > 0) add('events', out.events);
  if (out.logs.length > 0) add('logs', out.logs);
  if (out.waits.length > 0) add('waits', out.waits);
  if (out.closed.length > 0) add('closed', out.closed);
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

async function once(deps: WriteDeps, walk: Walk, out: Outbox, moved: Moved, isRepeated: boolean): Promise<Heard> {
  const { row } = walk;
  const write = walk.writes + 1;
  return deps.databases.tenant({ tenantId: row.tenantId, operation: 'workflow checkpoint' }, async (db) => {
    if (isRepeated) {
      const { rows } = await db.$client.query<{ writes: number }>({ ...WRITES, values: [row.tenantId, row.id, row.epoch] });
      if (rows[0]?.writes === write) return { seq: 0, nudged: true, cancel: null, pause: null };
    }
    await walk.birth?.(db);
    const with_ = { ...moved };
    if (!isRepeated && (out.commits.length > 0 || out.children.length > 0)) {
      await carryOut(db, deps, walk, out, with_);
      // What that made of the walk goes with the same write.
      for (const rec of walk.out.records) out.records.add(rec);
      out.events.push(...walk.out.events.splice(0));
      out.waits.push(...walk.out.waits.splice(0));
      walk.out.records.clear();
    }
    const text = await textOf(db, deps, walk, out, with_, write);
    const { rows } = await db.$client.query<{ heard: Heard }>({ ...WRITE, values: [row.tenantId, row.id, deps.owner, row.epoch, text] });
    return rows[0]!.heard;
  });
}

/** Milliseconds for which a write is tried while the database does not answer; then the lease is over anyway. */
const PATIENCE = 25_000;

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
      // An effect of ours is done again only when it was certainly undone; with one, nothing is tried twice.
      const heard = await once(deps, walk, out, moved, tries > 0);
      walk.writes += 1;
      walk.birth = undefined;
      if (moved.ended) walk.ending = { status: moved.status! };
      deps.observe((performance.now() - from) / 1_000);
      deps.crashPoint(`write ${number}:after`);
      if (out.children.length > 0) deps.begun();
      return heard;
    } catch (error) {
      if (sqlError(error)?.code === 'WF001') throw new Taken('the execution is held by another worker');
      const isLost = error instanceof Problem && error.slug === 'dependency-unavailable';
      if (!isLost || out.commits.length > 0 || out.children.length > 0 || Date.now() > end) throw error;
      await pause(Math.min(1_000, 50 * 2 ** tries));
    }
  }
}
