import type { ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, gte, lt, lte, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach, type Reach } from '#kernel/scope.ts';
import type { WorkContext } from '#kernel/work.ts';
import './problems.ts';
import { KEPT_DAYS, labelsKey, MOST_SAMPLES, MOST_SERIES, type Labels, type Range } from './rules.ts';
import { metrics, metricSamples, type MetricRow } from './tables.ts';

export interface Place {
  db: Database;
  tenantId: string;
}
export interface Sample {
  name: string;
  labels: Labels;
  value: number;
  unit?: string | undefined;
}

const DAY = 86_400_000;

export const metricTarget = ({ id, name }: Pick<MetricRow, 'id' | 'name'>): Target => ({ type: 'workflowMetric', id, name });

/** Throws `workflow-metric-not-found`. */
export async function findMetric({ db, tenantId }: Place, id: string): Promise<MetricRow> {
  const [row] = await db
    .select()
    .from(metrics)
    .where(and(eq(metrics.tenantId, tenantId), eq(metrics.id, id)));
  if (!row) throw new Problem('workflow-metric-not-found', 'There is no such metric in this tenant. List them with workflowMetrics.list.');
  return row;
}

const seriesOf = ({ tenantId }: Place, { name, labels }: Pick<Sample, 'name' | 'labels'>) =>
  and(eq(metrics.tenantId, tenantId), eq(metrics.name, name), eq(metrics.labelsKey, labelsKey(labels)));

/** The series that a sample goes into; undefined where it begins one. */
export async function seriesFor(place: Place, sample: Pick<Sample, 'name' | 'labels'>): Promise<MetricRow | undefined> {
  const [row] = await place.db.select().from(metrics).where(seriesOf(place, sample));
  return row;
}

/** Throws `workflow-metric-unit-differs` or `workflow-metrics-full`, as keeping the sample would. */
export async function requireRoom({ db, tenantId }: Place, known: MetricRow | undefined, { name, unit }: Sample): Promise<void> {
  if (known && unit !== undefined && known.unit !== null && known.unit !== unit)
    throw new Problem('workflow-metric-unit-differs', `Metric "${name}" is kept in ${known.unit}, and not in ${unit}.`);
  if (known && known.samples >= MOST_SAMPLES)
    throw new Problem('workflow-metrics-full', `Metric "${name}" holds ${known.samples} samples with these labels, and no more are kept. Keep it less often; samples go after ${KEPT_DAYS} days.`); // prettier-ignore
  if (!known && (await db.$count(metrics, eq(metrics.tenantId, tenantId))) >= MOST_SERIES)
    throw new Problem(
      'workflow-metrics-full',
      `There are ${MOST_SERIES} series, and no more are made. Delete some, or use labels with fewer values.`,
    );
}

/** Keeps a sample in the caller's transaction. Throws `workflow-metric-unit-differs` or `workflow-metrics-full`. */
export async function keepSample(place: Place, sample: Sample, at: Date): Promise<MetricRow> {
  const { db, tenantId } = place;
  const { name, labels, value, unit = null } = sample;
  await requireRoom(place, await seriesFor(place, sample), sample);
  const series = { tenantId, id: newId(), name, labels, labelsKey: labelsKey(labels), unit, lastValue: value, lastAt: at, samples: 1, createdAt: at, updatedAt: at };
  const isNewer = sql`${metrics.lastAt} <= ${at.toISOString()}::timestamptz`;
  const next = {
    unit: sql`coalesce(${metrics.unit}, ${unit}::text)`,
    lastValue: sql`case when ${isNewer} then ${value}::double precision else ${metrics.lastValue} end`,
    lastAt: sql`greatest(${metrics.lastAt}, ${at.toISOString()}::timestamptz)`,
    samples: sql`${metrics.samples} + 1`,
    updatedAt: at,
  };
  const [row] = await db.insert(metrics).values(series).onConflictDoUpdate({ target: [metrics.tenantId, metrics.name, metrics.labelsKey], set: next }).returning();
  await db.insert(metricSamples).values({ tenantId, id: newId(), metricId: row!.id, at, value, createdAt: at, updatedAt: at });
  return row!;
} // prettier-ignore

const iso = (at: Date): string => at.toISOString();

/** What is kept between two times, step by step. Steps begin at multiples of their length since 1970, so that the same ones come when it is asked again. */
export async function pointsOf({ db, tenantId }: Place, metricId: string, { from, to, stepSeconds }: Range) {
  const slot = sql<number>`floor(extract(epoch from ${metricSamples.at}) / ${stepSeconds}::int)::int`;
  const rows = await db
    .select({
      slot,
      avg: sql<number>`avg(${metricSamples.value})`,
      min: sql<number>`min(${metricSamples.value})`,
      max: sql<number>`max(${metricSamples.value})`,
      count: sql<number>`count(*)::int`,
    })
    .from(metricSamples)
    .where(and(eq(metricSamples.tenantId, tenantId), eq(metricSamples.metricId, metricId), gte(metricSamples.at, from), lt(metricSamples.at, to)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return rows.map(({ slot: at, ...figures }) => ({ at: iso(new Date(at * stepSeconds * 1_000)), ...figures }));
}

/** Of all series of a name that have these labels, and perhaps others, as far as the reach goes. */
export async function figuresOf({ db, tenantId, reach }: Place & { reach: Reach }, { name, labels }: Pick<Sample, 'name' | 'labels'>, since: Date) {
  const joined = and(eq(metrics.tenantId, metricSamples.tenantId), eq(metrics.id, metricSamples.metricId));
  const wanted = and(
    eq(metricSamples.tenantId, tenantId),
    eq(metrics.name, name),
    sql`${metrics.labels} @> ${JSON.stringify(labels)}::jsonb`,
    gte(metricSamples.at, since),
    withinReach(reach, { type: 'workflowMetric', id: metrics.id }),
  );
  const figure = (what: string) => sql<number | null>`${sql.raw(what)}(${metricSamples.value})`;
  const newest = sql`order by ${metricSamples.at} desc, ${metricSamples.id} desc`;
  const [found] = await db
    .select({
      series: sql<number>`count(distinct ${metrics.id})::int`,
      count: sql<number>`count(*)::int`,
      last: sql<number | null>`(array_agg(${metricSamples.value} ${newest}))[1]`,
      lastAt: sql<Date | string | null>`max(${metricSamples.at})`,
      avg: figure('avg'), min: figure('min'), max: figure('max'), sum: figure('sum'),
    })
    .from(metricSamples)
    .innerJoin(metrics, joined)
    .where(wanted);
  const { lastAt, ...figures } = found!;
  return { ...figures, lastAt: lastAt === null ? null : iso(new Date(lastAt)) };
} // prettier-ignore

/** Samples that one transaction takes. */
const BATCH = 10_000;

/** Every day: samples that have been kept long enough go, and series that have none left. Slice by slice, so that no transaction is a long one. */
export async function pruneMetrics({ tx }: Pick<TenantJob, 'tx'>, most = BATCH): Promise<void> {
  let gone: number;
  do gone = await tx((ctx) => pruneSlice(ctx, most));
  while (gone === most);
  await tx(({ db, tenantId }) => db.delete(metrics).where(and(eq(metrics.tenantId, tenantId), lte(metrics.samples, 0))));
}

async function pruneSlice({ db, tenantId, now }: Pick<WorkContext, 'db' | 'tenantId' | 'now'>, most: number): Promise<number> {
  const before = iso(new Date(now().getTime() - KEPT_DAYS * DAY));
  const { rows } = await db.execute<{ gone: number }>(sql`with old as (
      select id from workflow_metric_samples where tenant_id = ${tenantId} and at < ${before}::timestamptz limit ${most}
    ), gone as (
      delete from workflow_metric_samples s using old where s.tenant_id = ${tenantId} and s.id = old.id returning s.metric_id
    ), each as (select metric_id, count(*)::int as n from gone group by 1
    ), counted as (
      update workflow_metrics m set samples = m.samples - each.n from each where m.tenant_id = ${tenantId} and m.id = each.metric_id
    ) select coalesce(sum(n), 0)::int as gone from each`);
  return rows[0]!.gone;
}

export const oneMetric = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [metricTarget(await findMetric(ctx, id))];
