import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Drawer } from '#ui/drawer.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { METRIC_LISTS, pointsQuery } from './api.ts';
import { LineChart } from './line-chart.tsx';
import { rangeNames, type Range } from './search.ts';
import type { Metric, MetricPoints } from './types.ts';
import { figure, MetricLabels } from './words.tsx';

/** The same points to read: by who does not see the picture, and by who wants the figures. Focusable, so that keyboards can scroll it. */
const PointsTable = ({ data: { points, metric } }: { data: MetricPoints }) => (
  <details>
    <summary className="cursor-pointer text-ink-2">{t('metrics.table')}</summary>
    <div role="region" aria-label={t('metrics.table')} tabIndex={0} className="mt-2 max-h-72 overflow-auto rounded-lg border border-line -outline-offset-2">
      <table className="w-full min-w-[24rem] text-xs">
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="py-2 ps-3 pe-2 text-start font-normal">{t('metrics.when')}</th>
            {(['avg', 'min', 'max'] as const).map((which) => <th key={which} scope="col" className="px-2 py-2 text-end font-normal last:pe-3">{t(`metrics.${which}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.at} className="border-t border-line">
              <th scope="row" className="py-1.5 ps-3 pe-2 text-start font-normal whitespace-nowrap">{absoluteTime(point.at)}</th>
              {(['avg', 'min', 'max'] as const).map((which) => <td key={which} className="px-2 py-1.5 text-end tabular-nums last:pe-3">{figure(point[which], metric.unit)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </details>
); // prettier-ignore

function Seen({ data, range }: { data: MetricPoints; range: Range }) {
  const { metric, points } = data;
  if (points.length === 0) return <p className="rounded-lg border border-line px-4 py-6 text-center text-ink-2">{t('metrics.window.none')}</p>;
  const [least, most] = [Math.min(...points.map(({ min }) => min)), Math.max(...points.map(({ max }) => max))];
  const count = points.reduce((sum, point) => sum + point.count, 0);
  const average = points.reduce((sum, point) => sum + point.avg * point.count, 0) / count;
  const said = { name: metric.name, range: t(`metrics.range.${range}`), min: figure(least, metric.unit), max: figure(most, metric.unit) };
  return (
    <>
      <LineChart data={data} label={t('metrics.chart', said)} />
      <KeyValues
        rows={[
          [t('metrics.avg'), figure(average, metric.unit)],
          [t('metrics.min'), said.min],
          [t('metrics.max'), said.max],
        ]}
      />
      <PointsTable data={data} />
    </>
  );
}

function DeleteDialog({ metric: { id, name }, onClose, onGone }: { metric: Metric; onClose: () => void; onGone: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('metrics.delete.of', { name })}
      call={{ method: 'DELETE', path: `/workflow-metrics/${id}` }}
      action={t('metrics.delete')}
      danger
      touched={METRIC_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('metrics.deleted', { name }));
        if (outcome.status === 'done') onGone();
      }}
    />
  );
}

/** One series: what it was last, and what it has been; and the way to be rid of it. */
export function MetricDrawer({ id, range, onRange, onClose }: { id: string; range: Range; onRange: (range: Range) => void; onClose: () => void }) {
  const { data, error, refetch } = useQuery(pointsQuery(id, range));
  const blocked = useBlocked('workflowMetrics:manage');
  const [deleting, setDeleting] = useState(false);
  return (
    <Drawer
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={data?.metric.name ?? t('metrics.one')}
      footer={data && <Button variant="danger-quiet" blocked={blocked} onClick={() => setDeleting(true)}>{t('metrics.delete')}</Button>}
    >
      <div className="flex flex-col gap-5 p-5">
        {error && <ProblemView error={error} retry={() => void refetch()} />}
        {data && (
          <KeyValues
            rows={[
              [t('metrics.labels'), Object.keys(data.metric.labels).length > 0 ? <MetricLabels key="labels" metric={data.metric} /> : null],
              [t('metrics.last'), <span key="last" className="font-medium tabular-nums">{figure(data.metric.lastValue, data.metric.unit)}</span>],
              [t('metrics.when'), <Time key="when" at={data.metric.lastAt} />],
            ]}
          />
        )}
        <div className="w-44">
          <Select aria-label={t('metrics.range')} value={range} onChange={onRange} choices={rangeNames.map((value) => ({ value, label: t(`metrics.range.${value}`) }))} />
        </div>
        {!data && !error && <SkeletonText lines={8} />}
        {data && <Seen data={data} range={range} />}
      </div>
      {deleting && data && <DeleteDialog metric={data.metric} onClose={() => setDeleting(false)} onGone={onClose} />}
    </Drawer>
  );
} // prettier-ignore
