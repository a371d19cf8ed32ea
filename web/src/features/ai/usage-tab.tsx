import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useMemo } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { DayChart } from '#features/compliance/day-chart.tsx';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Select } from '#ui/select.tsx';
import { usageQuery } from './api.ts';
import { DAYS, type AiSearch } from './search.ts';
import type { Purpose, Spent, Usage } from './types.ts';
import { useWorkflowNames } from './workflow-names.ts';

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div className="min-w-36 flex-1 rounded-lg border border-line bg-surface px-4 py-2.5">
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="mt-0.5 text-lg font-semibold tracking-[-0.01em] tabular-nums">{value}</dd>
  </div>
);

const MEASURES = ['calls', 'inputTokens', 'outputTokens', 'cost'] as const;
const shown = (measure: (typeof MEASURES)[number], value: number): string => (measure === 'cost' ? dollars(value) : number(value));

/** What was spent, a line for each model or purpose. Focusable, so that keyboards can scroll it where it is too wide. */
const SpentTable = ({ title, first, rows }: { title: string; first: string; rows: readonly (Spent & { key: string; label: string })[] }) => (
  <Card flush title={title}>
    <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto -outline-offset-2">
      <table className="w-full min-w-[28rem]">
        <thead>
          <tr className="text-xs text-ink-3">
            <th scope="col" className="py-2 ps-4 pe-2 text-start font-normal">
              {first}
            </th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="col" className="px-2 py-2 text-end font-normal last:pe-4">
                {t(`ai.usage.${measure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-line">
              <th scope="row" className="py-1.5 ps-4 pe-2 text-start font-normal [overflow-wrap:anywhere]">
                {row.label}
              </th>
              {MEASURES.map((measure) => (
                <td key={measure} className="px-2 py-1.5 text-end tabular-nums last:pe-4">
                  {shown(measure, row[measure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </Card>
);

const label = (purpose: Purpose): string => t(`ai.purpose.${purpose}`);

function Report({ usage }: { usage: Usage }) {
  const nameOf = useWorkflowNames(usage.workflows.length > 0);
  const chart = useMemo(
    () => ({
      days: usage.days.map(({ day }) => day),
      series: [
        { label: t('ai.usage.inputTokens'), colour: 'accent', counts: usage.days.map(({ inputTokens }) => inputTokens) },
        { label: t('ai.usage.outputTokens'), colour: 'good', counts: usage.days.map(({ outputTokens }) => outputTokens) },
      ],
    }),
    [usage],
  );
  if (usage.total.calls === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={ChartColumn} title={t('ai.usage.empty')}>
          {t('ai.usage.empty.text')}
        </EmptyState>
      </div>
    );
  const { total, models, purposes, workflows } = usage;
  return (
    <>
      <dl className="flex flex-wrap gap-3">
        <Figure name={t('ai.usage.cost')} value={dollars(total.cost)} />
        <Figure name={t('ai.usage.calls')} value={number(total.calls)} />
        <Figure name={t('ai.usage.inputTokens')} value={number(total.inputTokens)} />
        <Figure name={t('ai.usage.outputTokens')} value={number(total.outputTokens)} />
      </dl>
      <p className="text-xs text-ink-3">{t('ai.usage.cost.help')}</p>
      <Card title={t('ai.usage.byDay')} aside={t('ai.usage.utc')}>
        <DayChart label={t('ai.usage.byDay')} {...chart} />
      </Card>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <SpentTable title={t('ai.usage.byModel')} first={t('ai.model')} rows={models.map((row) => ({ ...row, key: row.model, label: row.model }))} />
        <SpentTable
          title={t('ai.usage.byPurpose')}
          first={t('ai.purpose')}
          rows={purposes.map((row) => ({ ...row, key: row.purpose, label: label(row.purpose) }))}
        />
        {workflows.length > 0 && (
          <SpentTable
            title={t('ai.usage.byWorkflow')}
            first={t('ai.workflow')}
            rows={workflows.map((row) => ({ ...row, key: row.workflowId, label: nameOf(row.workflowId) }))}
          />
        )}
      </div>
    </>
  );
}

/** What models were asked for and what that cost: by day, by model, by purpose. */
export function UsageTab({ days = '30', onDays }: { days: AiSearch['days']; onDays: (days: NonNullable<AiSearch['days']>) => void }) {
  const usage = useQuery(usageQuery(days));
  return (
    <div className="flex flex-col gap-4">
      <div className="w-44 self-end">
        <Select
          aria-label={t('compliance.period')}
          value={days}
          onChange={onDays}
          choices={DAYS.map((value) => ({ value, label: t('compliance.days', { count: Number(value) }) }))}
        />
      </div>
      <Loaded query={usage} lines={10}>
        {(data) => <Report usage={data} />}
      </Loaded>
    </div>
  );
}
