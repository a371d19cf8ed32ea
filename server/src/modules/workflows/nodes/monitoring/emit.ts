import { Problem } from '#kernel/problem.ts';
import type { Json } from '../../graph.ts';
import { workflowMetricsRecord, SampleInput } from '../../metrics/operations/workflowMetrics.record.ts';
import { keepSample, type Sample } from '../../metrics/store.ts';
import { NodeError, type NodeRun, type Result, type Woken } from '../declare.ts';
import { begun, inOrder, proceed, settled, Standing, waitsForPeople, waitsOf, type Way } from '../operation/fan-out.ts';
import { classOf, refusalOf } from '../operation/outcome.ts';
import type { Config } from './config.ts';

export const RECORD = workflowMetricsRecord.name;
const way: Way = { operation: RECORD, parallel: 1, wait: 'done', plan: false, ifAlready: 'error', stopOnError: true };

/** What the Operation would be told: the same rules hold whichever way it is kept. */
function sampleOf(run: NodeRun, { metric, labels, unit, value }: Config): Sample {
  if (value === undefined) throw new NodeError('node-config-invalid', 'config', 'Say the value.');
  const figure = run.evaluate(value, { result: null });
  // CEL has whole numbers beside the others; what it makes of a division by nothing is neither.
  if (typeof figure !== 'number' || !Number.isFinite(figure)) throw new NodeError('type-error', 'expression', '`value` is a number.');
  const parsed = SampleInput.safeParse({ name: metric, labels, value: figure, ...(unit ? { unit } : {}) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NodeError('node-config-invalid', 'config', `${issue!.path.map((part) => (part === 'name' ? 'metric' : String(part))).join('.')}: ${issue!.message}`); // prettier-ignore
}

const plain = ({ unit, ...sample }: Sample): Record<string, Json> => ({ ...sample, ...(unit === undefined ? {} : { unit }) });
const outputOf = ({ name, labels, value }: Sample): Result => ({ to: 'ok', output: { name, labels, value, kept: true } });

/** What the metrics say, as a node's error. */
function telling(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  throw new NodeError(error.slug, classOf({ slug: error.slug, status: error.kind.status }), error.message);
}

/**
 * The Gate says whether the principal may, by a dry run; then the sample is kept in the transaction of the checkpoint, so once. Where a
 * rule has it agreed to first, the Operation itself does it, under a key.
 */
export async function emitMetric(run: NodeRun, config: Config): Promise<Result> {
  const sample = sampleOf(run, config);
  const asked = await run.call(RECORD, plain(sample), { dryRun: true, tag: 'may' });
  if (asked.status === 'refused') throw refusalOf(asked.problem);
  if (asked.status === 'planned' && Array.isArray(asked.requirements) && asked.requirements.length > 0) return goOn(run, begun([plain(sample)]));
  return {
    async commit({ db, tenantId, now }) {
      await keepSample({ db, tenantId }, sample, now()).catch(telling);
      return outputOf(sample) as { to: string; output: Json };
    },
  };
}

async function goOn(run: NodeRun, from: Standing): Promise<Result> {
  const standing = await proceed(run, way, from);
  const waits = waitsOf(standing);
  if (waits.length > 0) return { waits, state: { standing: standing as unknown as Json }, ...(waitsForPeople(standing) ? { paused: true } : {}) };
  const [done] = inOrder(standing);
  if (done?.error) throw new NodeError(done.error.type, done.error.class as NodeError['class'], done.error.message, { details: done.error.details ?? null }); // prettier-ignore
  const { name, labels, lastValue } = done!.result as { name: string; labels: Record<string, string>; lastValue: number };
  return outputOf({ name, labels, value: lastValue });
}

export const resumeEmit = (run: NodeRun, woken: Woken, state: Json): Promise<Result> =>
  goOn(run, settled(Standing.parse((state as { standing: Json }).standing), woken));

/** Asked all the same: who may not keep it is told before the day on which it counts. */
export async function simulateEmit(run: NodeRun, config: Config) {
  const { name, labels, value, unit = null } = sampleOf(run, config);
  const asked = await run.call(RECORD, plain({ name, labels, value, unit: unit ?? undefined }), { dryRun: true, tag: 'may' });
  if (asked.status === 'refused') throw refusalOf(asked.problem);
  return { to: 'ok', output: { name, labels, value, kept: false }, would: { kind: 'metric', name, labels, value, unit } };
}
