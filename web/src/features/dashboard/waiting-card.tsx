import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, CircleCheckBig, X } from 'lucide-react';
import { waitingQuery } from '#features/shell/waiting.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { ChangeAction, ChangeSummary } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Environment } from '#ui/environment.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { Time } from '#ui/time.tsx';
import { List } from './list.tsx';

const SHOWN = 6;

/** Deciding happens on the Change's page, where the plan is in sight; the buttons lead there with the question open. */
const Decide = ({ change, action }: { change: ChangeSummary; action: ChangeAction & ('approve' | 'reject') }) => {
  const Icon = action === 'approve' ? Check : X;
  return (
    <Button asChild size="sm" variant="secondary">
      <Link to="/changes/$id" params={{ id: change.number }} search={{ decide: action }} aria-label={`${t(`change.act.${action}`)} ${change.number}`}>
        <Icon aria-hidden className={action === 'approve' ? 'size-3.5 text-good' : 'size-3.5 text-bad'} />
        {t(`change.act.${action}`)}
      </Link>
    </Button>
  );
};

const Row = ({ change }: { change: ChangeSummary }) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 hover:bg-hover">
    <div className="min-w-0 flex-[1_1_18rem]">
      <Link to="/changes/$id" params={{ id: change.number }} className="block font-medium [overflow-wrap:anywhere] hover:underline">
        {change.summary}
      </Link>
      <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
        <span className="font-mono">{change.number}</span>
        <span>
          {change.requester.name}, <Time at={change.createdAt} />
        </span>
        {change.environment && <Environment name={change.environment} />}
        {change.risk === 'high' && <RiskBadge risk="high" />}
      </div>
    </div>
    <div className="flex items-center gap-2">
      <Decide change={change} action="reject" />
      <Decide change={change} action="approve" />
    </div>
  </div>
);

/** Changes that nobody but people like this one can let go on. */
export function WaitingCard() {
  const decides = useCan('approvals:decide');
  const { data, error, refetch } = useQuery(waitingQuery);
  const items = data?.items;
  return (
    <Card
      flush
      title={t('dashboard.waiting')}
      aside={
        items && items.length > SHOWN ? (
          <Link to="/changes" search={{ waiting: true }} className="text-accent hover:underline">
            {t('dashboard.all', { count: items.length })}
          </Link>
        ) : undefined
      }
    >
      <List
        items={items?.slice(0, SHOWN)}
        error={error}
        retry={() => void refetch()}
        expected={2}
        empty={
          <span className="inline-flex items-center gap-2">
            <CircleCheckBig aria-hidden className="size-4 text-good" />
            {t(decides ? 'dashboard.waiting.none' : 'dashboard.waiting.notYou')}
          </span>
        }
      >
        {(change) => <Row change={change} />}
      </List>
    </Card>
  );
}
