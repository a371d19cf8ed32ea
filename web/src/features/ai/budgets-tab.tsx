import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, Pencil } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { dollars } from '#lib/dollars.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';
import { budgetsQuery } from './api.ts';
import { BudgetsDialog } from './budgets-dialog.tsx';
import type { Budget } from './types.ts';
import { share, toneOf } from './usage.ts';
import { useWorkflowNames } from './workflow-names.ts';

interface MeterProps {
  name: string;
  used: number;
  reserved: number;
  limit: number | null;
  show: (value: number) => string;
}
/** How much of one bound is used, with what calls under way may still take. */
function Meter({ name, used, reserved, limit, show }: MeterProps) {
  const percent = share(used + reserved, limit);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="flex flex-wrap justify-between gap-x-3">
        <span className="text-ink-2">{name}</span>
        <span className="tabular-nums">
          {limit === null ? t('ai.budget.unbounded', { used: show(used) }) : t('limits.used', { used: show(used), limit: show(limit) })}
        </span>
      </p>
      {percent !== null && <Progress label={name} value={percent} tone={toneOf(percent)} />}
      {reserved > 0 && <p className="text-xs text-ink-3">{t('ai.budget.reserved', { amount: show(reserved) })}</p>}
    </div>
  );
}

function BudgetCard({ budget, name }: { budget: Budget; name: string }) {
  const { tokens, cost, used, reserved, plan, resetsAt, workflowId, period } = budget;
  const full = [share(used.tokens, tokens), share(used.cost, cost)].some((percent) => percent === 100);
  return (
    <section aria-label={name} className="flex min-w-0 flex-1 flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          {workflowId === null ? (
            name
          ) : (
            <Link to="/workflows/$id" params={{ id: workflowId }} className="hover:text-accent hover:underline">
              {name}
            </Link>
          )}
        </h2>
        <span className="flex gap-1.5">
          {plan && <Badge tone="outline">{t('ai.budget.plan')}</Badge>}
          <Badge>{t(`ai.budget.period.${period}`)}</Badge>
        </span>
      </header>
      <Meter name={t('ai.budget.tokens')} used={used.tokens} reserved={reserved.tokens} limit={tokens} show={number} />
      <Meter name={t('ai.usage.cost')} used={used.cost} reserved={reserved.cost} limit={cost} show={dollars} />
      {full && (
        <p role="status" className="flex items-start gap-2 rounded-md bg-bad-wash px-3 py-2">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          {t('ai.budget.full')}
        </p>
      )}
      <p className="mt-auto text-xs text-ink-3">
        {t('ai.budget.resets')} <Time at={resetsAt} />
      </p>
    </section>
  );
}

/** What may be spent on models, and how much of it is. */
export function BudgetsTab() {
  const budgets = useQuery(budgetsQuery);
  const [editing, setEditing] = useState(false);
  const blocked = useBlocked('ai:manage');
  const nameOf = useWorkflowNames(budgets.data?.some(({ workflowId }) => workflowId !== null) === true);
  return (
    <Loaded query={budgets} lines={6}>
      {(items) => (
        <div className="flex flex-col gap-4">
          <Card>
            <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <p className="min-w-0 flex-1 basis-72 text-pretty text-ink-2">{t('ai.budget.text')}</p>
              <Button variant="primary" blocked={blocked} icon={<Pencil aria-hidden className="size-3.5" />} onClick={() => setEditing(true)}>
                {t('ai.budget.set')}
              </Button>
            </div>
          </Card>
          <ul className="grid items-stretch gap-4 md:grid-cols-2 2xl:grid-cols-3">
            {items.map((budget) => (
              <li key={`${budget.workflowId ?? ''} ${budget.period}`} className="flex min-w-0">
                <BudgetCard budget={budget} name={budget.workflowId === null ? t('ai.budget.tenant') : nameOf(budget.workflowId)} />
              </li>
            ))}
          </ul>
          {editing && <BudgetsDialog budgets={items} onClose={() => setEditing(false)} />}
        </div>
      )}
    </Loaded>
  );
}
