import { NodeError, type NodeRun, type OwnFinding, type RawConfig } from '../declare.ts';
import { workflowMetricsFigures } from '../../metrics/operations/workflowMetrics.figures.ts';
import { Labels, MetricName, type Aggregate } from '../../metrics/rules.ts';
import { refusalOf } from '../operation/outcome.ts';
import { isFields, isOpen } from '../values.ts';
import type { Seen } from './probe.ts';

export interface MetricProbe {
  kind: 'metric';
  name: string;
  labels: Labels;
  aggregate: Aggregate;
  /** Back from now. */
  windowSeconds: number;
}

export const FIGURES = workflowMetricsFigures.name;

/** What of a name and of labels can be seen to be wrong before it runs; what expressions make of them is seen then. */
export function metricFindings({ metric: name, labels }: RawConfig): OwnFinding[] {
  const found = [
    ['/metric', isOpen(name) || !name ? undefined : MetricName.safeParse(name)],
    ['/labels', isFields(labels) ? Labels.safeParse(Object.fromEntries(Object.keys(labels).map((label) => [label, '']))) : undefined],
  ] as const;
  return found.flatMap(([pointer, parsed]) =>
    parsed === undefined || parsed.success ? [] : [{ rule: 'V03', severity: 'error' as const, pointer, message: parsed.error.issues[0]!.message }],
  );
}

/** What a metric came to in the window, as the principal may see it. Without a sample there is nothing to say, and that is not good. */
export async function metric(run: NodeRun, { name, labels, aggregate, windowSeconds }: MetricProbe, tag: string): Promise<Seen> {
  const outcome = await run.call(FIGURES, { name, labels, windowSeconds }, { tag });
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  if (outcome.status !== 'done') throw new NodeError('type-error', 'expression', 'The metric cannot be looked at.');
  const figures = workflowMetricsFigures.output.parse(outcome.output);
  const value = figures[aggregate];
  if (figures.count === 0 || value === null) return { good: false, result: { reached: false, ...figures, error: `No sample of "${name}" within ${windowSeconds} s` } };
  return { good: true, result: { reached: true, value, ...figures } };
} // prettier-ignore
