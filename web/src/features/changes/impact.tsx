import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { duration, number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { Plan } from '#lib/types.ts';
import { KeyValues } from '#ui/key-values.tsx';
import { Amount } from '#ui/money.tsx';

function Cost({ cost }: { cost: NonNullable<Plan['cost']> }) {
  const delta = cost.after.amount - cost.before.amount;
  return (
    <>
      <Amount value={cost.after} />
      <span className={delta > 0 ? 'text-warn' : delta < 0 ? 'text-good' : 'text-ink-3'}>
        {delta === 0 ? t('change.impact.cost.same') : <Amount signed value={{ amount: delta, currency: cost.after.currency }} />}
      </span>
      {!cost.exact && <span className="text-ink-3">({t('change.impact.cost.estimate')})</span>}
    </>
  );
}

const Alarm = ({ children }: { children: ReactNode }) => (
  <span className="inline-flex items-start gap-1.5 font-medium text-bad">
    <TriangleAlert aria-hidden className="mt-1 size-3 shrink-0" />
    {children}
  </span>
);

/** What a plan costs, interrupts and loses, and whether there is a way back. */
export function Impact({ plan }: { plan: Plan }) {
  const { downtime, dataLoss, reversible, cost, quota, steps } = plan;
  const seconds = steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  const time = duration(downtime.seconds);
  return (
    <KeyValues
      rows={[
        [t('change.impact.cost'), cost && <Cost cost={cost} />],
        [
          t('change.impact.downtime'),
          downtime.kind === 'none' ? t('change.impact.downtime.none') : <Alarm>{t(`change.impact.downtime.${downtime.kind}`, { time })}</Alarm>,
        ],
        [t('change.impact.dataLoss'), dataLoss === null ? t('value.none') : <Alarm>{dataLoss}</Alarm>],
        [t('change.impact.reversible'), reversible ?? <Alarm>{t('change.impact.reversible.no')}</Alarm>],
        [t('change.impact.duration'), seconds > 0 ? t('change.plan.about', { time: duration(seconds) }) : null],
        ...quota.map(
          ({ name, limit, before, after }) =>
            [
              `${t('change.impact.quota')}: ${name}`,
              <span key={name}>
                {number(before)} → {limit === null ? number(after) : t('change.impact.quota.of', { after: number(after), limit: number(limit) })}
              </span>,
            ] as const,
        ),
      ]}
    />
  );
}
