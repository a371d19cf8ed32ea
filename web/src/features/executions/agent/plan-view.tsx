import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { PlanMade } from './turns.ts';

const List = ({ title, items }: { title: string; items: readonly string[] }) =>
  items.length > 0 && (
    <section aria-label={title}>
      <h3 className="text-xs text-ink-3">{title}</h3>
      <ul className="list-disc ps-5 marker:text-ink-3">
        {items.map((item) => (
          <li key={item} className="[overflow-wrap:anywhere]">
            {item}
          </li>
        ))}
      </ul>
    </section>
  );

/** What a planner came to: its steps with why, and what it took for granted. */
export const PlanView = ({ plan }: { plan: PlanMade }) => (
  <section aria-label={t('agent.plan')} className="flex min-w-0 flex-col gap-3">
    <p className="flex flex-wrap items-center gap-2">
      <Badge tone={plan.confidence >= 70 ? 'good' : 'warn'}>{t('agent.plan.sure', { percent: Math.round(plan.confidence) })}</Badge>
      {plan.goal}
    </p>
    <ol aria-label={t('agent.plan')} className="flex flex-col gap-2">
      {plan.steps.map(({ id, tool, why, risk }) => (
        <li key={id} className="rounded-md border border-line bg-sunken px-2.5 py-1.5">
          <span className="flex flex-wrap items-center gap-2">
            <code className="text-xs font-medium">{tool}</code>
            {risk === 'high' && <Badge tone="bad">{t('risk.high')}</Badge>}
          </span>
          <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">{why}</p>
        </li>
      ))}
    </ol>
    <List title={t('agent.plan.requirements')} items={plan.requirements} />
    <List title={t('agent.plan.constraints')} items={plan.constraints} />
    <List title={t('assist.assumptions')} items={plan.assumptions} />
  </section>
);
