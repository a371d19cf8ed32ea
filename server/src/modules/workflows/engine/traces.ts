import { sha256 } from '#kernel/ids.ts';
import { currentPlace, isTracing, tellSpan, withinPlace, type TracePlace } from '#kernel/tracing.ts';
import { within } from '#kernel/whereabouts.ts';
import type { Start } from '../providers/port.ts';
import type { ExecutionRow } from './tables.ts';
import type { Rec, Spot, Walk } from './walk.ts';

type Traced = Pick<ExecutionRow, 'id' | 'traceId' | 'traceParent'>;
type Run = Pick<Rec, 'nodeId' | 'path'>;

/** The same in every process: who goes on after a crash tells of the same span. */
const spanIdOf = (...parts: readonly (string | number)[]): string => sha256(parts.join('\0')).slice(0, 16);
const ofExecution = ({ id }: Pick<Traced, 'id'>): string => spanIdOf('execution', id);
const ofNode = ({ id }: Pick<Traced, 'id'>, { nodeId, path }: Run): string => spanIdOf('node', id, nodeId, path);
const ofAttempt = ({ id }: Pick<Traced, 'id'>, { nodeId, path }: Run, attempt: number): string => spanIdOf('attempt', id, nodeId, path, attempt);

/** The trace that an execution is a part of: of what begins it, or one of its own, which is called as it is. */
export function traceOf({ trace }: Pick<Start, 'trace'>, id: string): Pick<ExecutionRow, 'traceId' | 'traceParent'> {
  const from = trace ?? currentPlace();
  if (from) return { traceId: from.traceId, traceParent: from.spanId };
  return { traceId: isTracing() ? id.replaceAll('-', '') : null, traceParent: null };
}

/** Where the attempt of a node is that goes on; undefined where nobody collects traces. */
export function placeOfAttempt(
  { row }: Pick<Walk, 'row'>,
  { node, frame, attempt }: Pick<Spot, 'node' | 'frame' | 'attempt'>,
): TracePlace | undefined {
  return row.traceId === null ? undefined : { traceId: row.traceId, spanId: ofAttempt(row, { nodeId: node.id, path: frame.path }, attempt) };
}

/** What a node does, and what it calls, is a part of its attempt, in traces and in the log. */
export function withinAttempt<T>(walk: Walk, spot: Spot, work: () => T): T {
  const place = placeOfAttempt(walk, spot);
  const { tenantId, id: executionId } = walk.row;
  return within({ tenantId, executionId }, () => (place ? withinPlace(place, work) : work()));
}

/** What is told of a run once it is over. */
interface Course extends Pick<Rec, 'key' | 'type' | 'nodeId' | 'path' | 'attempt' | 'status' | 'calledBy'> {
  /** When its first attempt began. */
  since: Date;
  /** Undefined while an attempt goes on, or another one is to follow. */
  to: Date | undefined;
  fault: string | undefined;
}
/** Runs of an execution, for as long as a process holds it. */
const courses = new WeakMap<Traced, { runs: Map<string, Course>; attempts: Set<string> }>();
const coursesOf = (row: Traced) => {
  const known = courses.get(row) ?? { runs: new Map<string, Course>(), attempts: new Set<string>() };
  courses.set(row, known);
  return known;
};

const aboutRun = ({ id }: Traced, { key, type, path }: Pick<Rec, 'key' | 'type' | 'path'>) => ({
  'switchyard.execution': id, 'switchyard.node': key, 'switchyard.node.type': type, 'switchyard.iteration': path,
}); // prettier-ignore

/** Keeps where a run is; undefined for what is not, or no longer, gone on with by this record. */
function followed(runs: Map<string, Course>, rec: Rec): Course | undefined {
  const { key, type, nodeId, path, attempt, status, calledBy, error, startedAt, endedAt } = rec;
  const place = `${nodeId} ${path}`;
  const before = runs.get(place);
  if (status === 'skipped' || (before && before.attempt > attempt)) return undefined;
  if (startedAt === undefined) {
    // Another attempt is to follow.
    if (before && before.attempt < attempt) Object.assign(before, { attempt, to: undefined });
    return undefined;
  }
  const since = before?.since ?? new Date(startedAt);
  const run: Course = { key, type, nodeId, path, attempt, status, ...(calledBy ? { calledBy } : {}), since, to: endedAt && new Date(endedAt), fault: error?.type };
  runs.set(place, run);
  return run;
} // prettier-ignore

/** Tells of attempts that have ended, each once: a record is written as often as it changes. */
export function tellAttempts(row: Traced, records: Iterable<Rec>): void {
  const { traceId } = row;
  if (traceId === null || !isTracing()) return;
  const { runs, attempts } = coursesOf(row);
  for (const rec of records) {
    const run = followed(runs, rec);
    const spanId = ofAttempt(row, rec, rec.attempt);
    if (!run?.to || attempts.has(spanId)) continue;
    attempts.add(spanId);
    const attributes = { ...aboutRun(row, rec), 'switchyard.attempt': rec.attempt };
    tellSpan({ name: `attempt ${rec.attempt} of ${rec.key}`, place: { traceId, spanId }, parentId: ofNode(row, rec), from: new Date(rec.startedAt!), to: run.to, attributes, fault: run.fault });
  }
} // prettier-ignore

/** Tells of nodes that are through, when this process lets go of the execution. */
export function tellNodes(row: Traced): void {
  const { traceId } = row;
  if (traceId === null || !isTracing()) return;
  for (const run of courses.get(row)?.runs.values() ?? []) {
    const { key, path, status, calledBy, since, to, fault } = run;
    if (!to) continue;
    // What an agent calls is a part of the agent.
    const parentId = calledBy ? ofNode(row, { nodeId: calledBy.nodeId, path: path.split('@')[0]! }) : ofExecution(row);
    tellSpan({ name: `node ${key}`, place: { traceId, spanId: ofNode(row, run) }, parentId, from: since, to, attributes: { ...aboutRun(row, run), 'switchyard.status': status }, fault });
  }
  courses.delete(row);
} // prettier-ignore

const GOOD: ReadonlySet<string> = new Set(['completed', 'partial_success']);

/** Tells of an execution that has ended. */
export function tellExecution(row: Traced & Pick<ExecutionRow, 'workflowId' | 'version' | 'triggerKind' | 'startedAt' | 'createdAt'>, workflow: string, status: string): void {
  const { traceId, traceParent, workflowId, version, triggerKind } = row;
  if (traceId === null) return;
  const attributes = { 'switchyard.execution': row.id, 'switchyard.workflow': workflowId, 'switchyard.version': version ?? 'draft', 'switchyard.trigger': triggerKind, 'switchyard.status': status };
  tellSpan({ name: `workflow ${workflow}`, place: { traceId, spanId: ofExecution(row) }, parentId: traceParent, from: row.startedAt ?? row.createdAt, to: new Date(), attributes, fault: GOOD.has(status) ? undefined : status });
} // prettier-ignore
