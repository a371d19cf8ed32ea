import type { Clock } from '#kernel/clock.ts';
import { createCache } from '#kernel/cache.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import { loadGraph } from '../model/load.ts';
import type { AnyNodeType, NodeFault } from '../nodes/declare.ts';
import type { Accepted, Engine, Start } from '../providers/port.ts';
import type { PlanLimits } from '../surroundings.ts';
import { workflows } from '../tables.ts';
import { announceQueued, applyLimit, insert, inserting, rowOf, type NewStart } from './accept.ts';
import { createAnswers, executionTopic } from './answers.ts';
import { cancelChildren } from './control.ts';
import { seenBefore, type Undoes } from './compensation.ts';
import { crowdOf, FEW, FORMAT, giveBack, tooMany, type Claimed } from './claim.ts';
import { createPrograms, readExecution, readRecords, readWhole, walkOf, type Loaded } from './load.ts';
import type { RunDeps } from './node-run.ts';
import type { Runner, RunnerDeps } from './held.ts';
import { createRunner } from './runner.ts';
import type { ExecutionRow } from './tables.ts';
import { createStores, createWrites } from './together.ts';
import { tellAttempts, tellExecution, tellNodes } from './traces.ts';
import type { Walk } from './walk.ts';
import { createEventWaker, readNews, readWaits } from './waits.ts';
import { createWorker, WORKFLOWS_TOPIC } from './worker.ts';

/** Told of what happens, in seconds. */
interface Observers {
  written: (seconds: number) => void;
  ended: (status: string, trigger: string, seconds: number) => void;
  waited: (seconds: number) => void;
  recovered: () => void;
  node: (type: string, seconds: number) => void;
  tool: (outcome: string) => void;
  inDoubt: () => void;
}

export interface EngineOptions extends Omit<RunDeps, 'childOf' | 'isAwaited'>, Pick<RunnerDeps, 'secrets' | 'turns'> {
  live: Live;
  now: Clock;
  types: ReadonlyMap<string, AnyNodeType>;
  /** Of this process: what others see of it among the locks. */
  owner: number;
  limits: (db: Database, tenantId: string) => Promise<PlanLimits>;
  /** Throws `rate-limited` when so many were started within a minute already. */
  countStart: (tenantId: string, perMinute: number) => Promise<void>;
  /** Values of variables by name, as the workflow's environment has them. */
  vars: (db: Database, row: ExecutionRow, environment: string | null, names: readonly string[]) => Promise<Record<string, string>>;
  crashPoint?: (name: string) => void;
  onError: (error: Error) => void;
  observe: Observers;
  /** Executions in this process at once. */
  room?: number;
  formats?: readonly number[];
} // prettier-ignore

const ROOM = 200;
/** An execution that ends its process again and again is not given to another forever. */
const MOST_RECOVERIES = 20;
const WORN_OUT: NodeFault = { type: 'internal', class: 'system', message: 'It was taken up anew too often without getting on.', retryable: false };
/** Milliseconds. */
const OUTBOX_PAUSE = 50;
/** Milliseconds for which a plan is kept in mind. */
const PLAN_KEPT = 30_000;
/** Whoever nudged it meanwhile has the last word. */
const LOOKED = {
  name: 'workflow_looked',
  text: `update workflow_executions set wake_at = $5 where tenant_id = $1 and id = $2 and epoch = $3 and wake_at = $4 and status in ('waiting', 'paused')`,
};
/** Shares of tenants against each other, by their plans. */
const weightOf = ({ running }: PlanLimits): number => Math.max(1, Math.sqrt(running));

/** The engine of one process: accepts executions, carries them on, and answers whoever waits for them. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createEngine(options: EngineOptions) {
  const { databases, live, now, owner, onError, observe, types } = options;
  const programs = createPrograms(types);
  const answers = createAnswers({ databases, live });
  const plans = createCache<PlanLimits>({ ttlMs: PLAN_KEPT, max: 5_000, now: () => new Date() });
  const planOf = (tenantId: string): Promise<PlanLimits> =>
    plans.read(tenantId, () => databases.tenant({ tenantId, readOnly: true }, (db) => options.limits(db, tenantId)));

  const nudge = (id: string): void => {
    worker.look(id);
    live.publish(WORKFLOWS_TOPIC);
  };

  const childOf: RunDeps['childOf'] = async (db, tenantId, workflow, version) => {
    const isId = /^[0-9a-f-]{36}$/.test(workflow);
    const mine = and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt), isId ? eq(workflows.id, workflow) : eq(workflows.slug, workflow));
    const [row] = await db.select({ id: workflows.id, name: workflows.name, labels: workflows.labels, active: workflows.activeVersion, status: workflows.status }).from(workflows).where(mine); // prettier-ignore
    if (!row) throw new Problem('workflow-not-found', `There is no workflow "${workflow.slice(0, 64)}" in this tenant.`);
    if (row.status === 'archived') throw new Problem('workflow-archived', `The workflow "${workflow.slice(0, 64)}" is archived.`);
    const number = version ?? row.active;
    if (number === null) throw new Problem('workflow-not-published', `The workflow "${workflow.slice(0, 64)}" has no active version.`);
    const { serviceAccountId, environment } = (await loadGraph(db, tenantId, row.id, number)).workflow;
    const { id, name, labels } = row;
    return { workflowId: id, version: number, serviceAccountId, target: { type: 'workflow', id, name, labels, environment } };
  };

  let hinting: NodeJS.Timeout | undefined;
  /** Every execution announces its end: many in one moment are dispatched together. */
  const hintOutbox = (): void => void (hinting ??= setTimeout(() => ((hinting = undefined), live.publish('outbox')), OUTBOX_PAUSE).unref());

  const announce: RunnerDeps['announce'] = ({ row, workflow, program: { settings: { notify } } }, type, more = {}) => ({
    id: newId(), type, data: {
      executionId: row.id, workflowId: row.workflowId, workflow: workflow.name, version: row.version, trigger: row.triggerKind, test: row.isTest, ...(row.priority === 'normal' ? {} : { priority: row.priority }), ...more,
      // Somebody wishes to hear of it also when it goes well.
      ...(row.wishes !== null || (type === 'execution.completed' && (notify.onSuccess || notify.onRecovery)) ? { told: true } : {}),
    },
  }); // prettier-ignore

  const stores = createStores(databases);
  const deps: RunnerDeps = {
    ...options, childOf, announce, owner, onError,
    writes: createWrites(databases),
    isAwaited: answers.isAwaited,
    crashPoint: options.crashPoint ?? (() => undefined),
    observe(seconds, records, row) {
      observe.written(seconds);
      tellAttempts(row, records);
      for (const { type, status, calledBy, endedAt, durationMs } of records) {
        if (status === 'in_doubt') observe.inDoubt();
        if (!endedAt || status === 'skipped') continue;
        observe.node(type, (durationMs ?? 0) / 1_000);
        if (calledBy) observe.tool(status);
      }
    },
    begun: () => live.publish(WORKFLOWS_TOPIC),
    accept: (db, asked) => accept(db, asked),
    news: (row) => readNews(databases, options.sealer, row),
    publish(id, walk, moved) {
      live.publish(executionTopic(id));
      const { outbox = [] } = moved;
      if (outbox.length > 0) live.publish(`tenant:${walk.row.tenantId}`);
      if (outbox.some(({ type }) => !type.startsWith('execution.'))) live.publish('outbox');
      else if (outbox.length > 0) hintOutbox();
    },
    answered({ row, response }, { status, outputs, error }) {
      answers.tell(row, { status: status ?? 'running', outputs: row.veiled ? null : (outputs ?? null), error: (error ?? null) as ExecutionRow['error'], response });
    },
  }; // prettier-ignore

  async function open({ tenantId, id, isRecovered }: Claimed): Promise<Runner | undefined> {
    const { running: limit } = await planOf(tenantId);
    return databases.tenant({ tenantId, operation: 'workflow claim' }, async (db) => {
      const row = await readWhole(db, options.sealer, { tenantId, id });
      if (!row || row.leaseOwner !== owner) return undefined;
      deps.crashPoint('claim:after');
      if (!isRecovered && tooMany(await crowdOf((query) => db.$client.query(query), tenantId), [row], limit)[0]) return giveBack(db, row, owner).then(() => undefined);
      if (isRecovered) observe.recovered();
      else if (row.startedAt) observe.waited(Math.max(0, row.startedAt.getTime() - (row.scheduledAt ?? row.createdAt).getTime()) / 1_000);
      const loaded = await programs.of(db, row);
      // What cannot be read is not read again and again: it ends.
      if (row.recoveries > MOST_RECOVERIES) {
        const worn = walkOf(row, loaded, { found: new Map(), waits: [], vars: {} });
        worn.stopping = { status: 'failed', fault: WORN_OUT, until: 0 };
        return () => createRunner(worn, deps, []);
      }
      const [records, { open: waits, ready }, vars] = [await readRecords(db, options.sealer, row), await readWaits(db, options.sealer, row, new Date()), await varsOf(db, row, loaded)];
      const walk = walkOf(row, loaded, { ...records, waits, vars });
      if (row.undoes) await recall(db, walk, row.undoes);
      return () => createRunner(walk, deps, ready);
    }).then((go) => go?.()); // prettier-ignore
  }

  /** What undoes something sees what was there when that was done. */
  async function recall(db: Database, { root, row }: Walk, undoes: Undoes): Promise<void> {
    const { found } = await readRecords(db, options.sealer, { tenantId: row.tenantId, id: undoes.executionId });
    const { answered, views } = seenBefore(found.values(), undoes);
    const undone = [...found.values()].find(({ nodeId }) => nodeId === undoes.nodeId);
    root.views = views;
    if (undone) row.mocks = { [undone.key]: answered };
  }

  const varsOf = (db: Database, row: ExecutionRow, { program, workflow }: Loaded): Promise<Record<string, string>> =>
    program.vars.length === 0 ? Promise.resolve({}) : options.vars(db, row, workflow.environment, program.vars);

  /** After it has left: what it may wait for may have come while it went, and others may wait for its end. */
  async function left({ walk }: Runner): Promise<void> {
    const { row } = walk;
    tellNodes(row);
    if (walk.ending) {
      const { status } = walk.ending;
      tellExecution(row, walk.workflow.name, status);
      observe.ended(status, row.triggerKind, (Date.now() - (row.startedAt ?? row.createdAt).getTime()) / 1_000);
      if (status !== 'completed' && walk.hasChildren) for (const { id } of await databases.tenant({ tenantId: row.tenantId, operation: 'workflow children' }, (db) => cancelChildren(db, row, `The execution that began it is ${status}.`))) nudge(id);
      if (row.parentId) nudge(row.parentId);
    } else if (walk.givenBack) {
      const { soon, due } = walk.givenBack;
      const isReady = (await deps.news(row)).ready.length > 0;
      await databases.tenant({ tenantId: row.tenantId, operation: 'workflow wake' }, (db) => db.$client.query({ ...LOOKED, values: [row.tenantId, row.id, row.epoch, soon, isReady ? new Date() : due] }));
      if (isReady) worker.hint();
    }
  } // prettier-ignore

  const worker = createWorker({
    databases, live, owner, onError, open, left, room: options.room ?? ROOM, formats: options.formats ?? [FORMAT],
    allowance: async (tenantId) => {
      const plan = await planOf(tenantId);
      return { limit: plan.running, weight: weightOf(plan) };
    },
  }); // prettier-ignore

  async function parentOf(db: Database, { tenantId, parent }: Start): Promise<Pick<ExecutionRow, 'rootId' | 'depth'> | undefined> {
    return parent && readExecution(db, { tenantId, id: parent.executionId });
  }

  async function prepared(db: Database, asked: NewStart): Promise<{ row: ExecutionRow; loaded: Loaded }> {
    const { tenantId, workflowId } = asked;
    const version = asked.version === 'draft' ? null : asked.version;
    const loaded = await programs.of(db, { tenantId, workflowId, version, draft: null, undoes: asked.undoes ?? null, veiled: asked.veiled ?? false });
    const draft = version === null ? { graph: loaded.program.source, settings: loaded.program.settings } : null;
    return { row: rowOf(asked, loaded, now(), draft, await parentOf(db, asked)), loaded };
  }

  async function requireRoom(db: Database, { tenantId }: Start, { queued }: PlanLimits): Promise<void> {
    const { rows } = await db.$client.query<{ n: number }>({ name: 'workflow_queued', text: `select count(*)::int as n from (select 1 from workflow_executions where tenant_id = $1 and status = 'queued' limit $2) q`, values: [tenantId, queued] }); // prettier-ignore
    if (rows[0]!.n >= queued) throw new Problem('limit-exceeded', `${queued} executions of this tenant wait already.`, { limit: 'queued', current: rows[0]!.n, maximum: queued }); // prettier-ignore
  }

  async function accept(db: Database, asked: NewStart, isCounted = asked.trigger.kind === 'workflow'): Promise<Accepted> {
    const plan = await options.limits(db, asked.tenantId);
    if (!isCounted) await options.countStart(asked.tenantId, plan.startsPerMinute);
    const { row, loaded } = await prepared(db, asked);
    await requireRoom(db, asked, plan);
    const former = await applyLimit(db, row, loaded.program.settings);
    const accepted = await insert(db, row, options.sealer);
    answers.expect(accepted.executionId, asked.tenantId, asked.awaited ?? false);
    if (!accepted.replayed && (asked.scheduledAt || row.status === 'cancelled')) await announceQueued(db, row);
    if (former) setTimeout(nudge, 20, former).unref();
    return accepted;
  }

  /** The row of a start that nothing of the database has to be asked for, and that needs not wait for its turn. */
  function atOnce(asked: Start, running: number): { row: ExecutionRow; loaded: Loaded } | undefined {
    const loaded = asked.version === 'draft' ? undefined : programs.peek(asked.workflowId, asked.version);
    if (!loaded || [asked.parent, asked.dedupeKey, asked.retryOf, asked.scheduledAt, asked.undoes].some((one) => one !== undefined)) return undefined;
    const { settings, vars } = loaded.program;
    if (settings.onLimit !== 'queue' || settings.maxConcurrent < FEW || settings.concurrencyKey !== undefined || vars.length > 0) return undefined;
    const row = rowOf(asked, loaded, now(), null);
    return worker.admits(row, running) ? { row, loaded } : undefined;
  }

  /** In this process at once, if it may; with one commit, or none before its end where the workflow asks for that. */
  async function start(asked: Start): Promise<Accepted> {
    const { tenantId, awaited = false } = asked;
    const plan = await planOf(tenantId);
    await options.countStart(tenantId, plan.startsPerMinute);
    const mine = atOnce(asked, plan.running);
    if (!mine) return startQueued(asked);
    const { row, loaded } = mine;
    Object.assign(row, {
      status: 'running',
      leaseOwner: owner,
      leaseUntil: new Date(Date.now() + 30_000),
      epoch: 1,
      wakeAt: null,
      startedAt: row.createdAt,
    });
    answers.expect(row.id, tenantId, awaited);
    const walk = walkOf(row, loaded, { found: new Map(), waits: [], vars: {} });
    if (loaded.program.settings.durability === 'end' && loaded.program.pure && awaited) walk.birth = inserting([row]);
    else if (await storedAsOneTooMany(row, plan)) return { executionId: row.id, replayed: false, status: 'waiting' };
    worker.hold(createRunner(walk, deps, []));
    return { executionId: row.id, replayed: false, status: 'running' };
  }

  /** Stores it as one that runs. Where others began at the same moment, and it is one too many, it waits for its turn. */
  async function storedAsOneTooMany(row: ExecutionRow, { running: limit }: PlanLimits): Promise<boolean> {
    const { tenantId } = row;
    const isOver = await stores(tenantId, { row, limit });
    deps.crashPoint('accept:after');
    if (!isOver) return false;
    await databases.tenant({ tenantId, operation: 'workflow back' }, (db) => giveBack(db, row, owner));
    worker.hint();
    return true;
  }

  async function startQueued(asked: Start): Promise<Accepted> {
    const accepted = await databases.tenant({ tenantId: asked.tenantId, operation: 'workflow accept' }, (db) => accept(db, asked, true));
    begin(accepted, asked.tenantId);
    return accepted;
  }

  function begin({ executionId, replayed, status }: Accepted, tenantId?: string): void {
    if (!replayed && status === 'queued') void worker.takeUp(executionId, tenantId).catch(onError);
  }

  const engine: Engine = { accept, begin: (accepted) => begin(accepted), start, answered: answers.answered, nudge };
  return { engine, worker, fanOut: createEventWaker(nudge) };
}
