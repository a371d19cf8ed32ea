import type { NodeRecord } from './types.ts';

export interface Bar {
  record: NodeRecord;
  /** Percent of the whole time. */
  start: number;
  width: number;
  ms: number;
}
interface Row {
  nodeId: string;
  key: string;
  name: string;
  bars: Bar[];
}
export interface Timeline {
  rows: Row[];
  /** Milliseconds from the first beginning to the last end, or to `now` while something runs. */
  span: number;
  from: number;
}
/** A bar is at least so wide that it can be seen and pointed at. */
const LEAST = 0.6;

/** Runs of nodes over time: one row for each node, in the order in which they began. */
export function timelineOf(records: readonly NodeRecord[], names: ReadonlyMap<string, string>, now: number): Timeline {
  const begun = records.filter((record): record is NodeRecord & { startedAt: string } => record.startedAt !== null);
  if (begun.length === 0) return { rows: [], span: 0, from: now };
  const from = Math.min(...begun.map(({ startedAt }) => Date.parse(startedAt)));
  const endOf = ({ endedAt, startedAt }: NodeRecord & { startedAt: string }): number => Math.max(Date.parse(startedAt), endedAt ? Date.parse(endedAt) : now);
  const span = Math.max(1, Math.max(...begun.map(endOf)) - from);
  const rows = new Map<string, Row>();
  for (const record of begun.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))) {
    const row = rows.get(record.nodeId) ?? { nodeId: record.nodeId, key: record.key, name: names.get(record.nodeId) ?? record.key, bars: [] };
    rows.set(record.nodeId, row);
    const [start, end] = [Date.parse(record.startedAt) - from, endOf(record) - from];
    const width = Math.max(LEAST, ((end - start) / span) * 100);
    row.bars.push({ record, start: Math.min((start / span) * 100, 100 - LEAST), width: Math.min(width, 100 - (start / span) * 100 || LEAST), ms: end - start });
  }
  return { rows: [...rows.values()], span, from };
} // prettier-ignore

const NICE = [1, 2, 5];
/** Moments at which a line is drawn, in milliseconds from the beginning: about five, at round figures. */
export function ticksOf(span: number): number[] {
  if (span <= 0) return [];
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = NICE.map((nice) => nice * power).find((size) => span / size <= 5) ?? 10 * power;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, at) => at * step);
}
