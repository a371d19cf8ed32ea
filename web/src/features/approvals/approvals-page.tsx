import { Link, useNavigate } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useMemo } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { DataTable } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { stateText } from '#ui/state.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { approvalColumns, approvalCompact } from './columns.tsx';
import { INBOXES, REQUEST_STATES, type ApprovalsSearch } from './search.ts';
import type { ApprovalSummary, RequestStatus } from './types.ts';

type InboxName = (typeof INBOXES)[number];

function List({ inbox, status, show }: { inbox: InboxName; status: RequestStatus | undefined; show: (next: Loose<ApprovalsSearch>) => void }) {
  const navigate = useNavigate();
  const mine = inbox === 'all' ? undefined : inbox;
  const source = usePages<ApprovalSummary>('/approvals', { mine, status: status ?? (inbox === 'all' ? 'open' : undefined) });
  return (
    <DataTable
      name="approvals"
      label={t('approvals.list')}
      className="flex-1"
      columns={useMemo(approvalColumns, [])}
      source={source}
      compact={approvalCompact}
      rowId={(request) => request.id}
      onOpen={(request) => void navigate({ to: '/approvals/$id', params: { id: request.id } })}
      empty={
        <EmptyState icon={Inbox} title={t(`approvals.empty.${inbox}`)}>
          {t(`approvals.empty.${inbox}.text`)}
        </EmptyState>
      }
      toolbar={
        inbox !== 'assigned' && (
          <Filter
            label={t('changes.column.state')}
            value={status}
            onChange={(next) => show({ status: next })}
            choices={REQUEST_STATES.map((value) => ({ value, label: stateText(value) }))}
          />
        )
      }
    />
  );
}

/** What waits for one’s decision, what should be decided first on top; j, k and Enter walk it. Kept true by the event stream. */
export function ApprovalsPage({ search }: { search: ApprovalsSearch }) {
  const navigate = useNavigate();
  const inbox = search.inbox ?? 'assigned';
  const show = (next: Loose<ApprovalsSearch>) =>
    void navigate({ to: '/approvals', search: compact<ApprovalsSearch>({ ...search, ...next }), replace: true });
  return (
    <PageFrame
      title={t('approvals.title')}
      facts={t('approvals.lead')}
      width="fill"
      actions={
        <Button asChild>
          <Link to="/settings/delegations">{t('delegations.title')}</Link>
        </Button>
      }
    >
      <Tabs
        fill
        label={t('approvals.tabs')}
        value={inbox}
        onChange={(next) => show({ inbox: next === 'assigned' ? undefined : next, status: undefined })}
        tabs={INBOXES.map((value) => ({
          value,
          label: t(`approvals.tab.${value}`),
          content: value === inbox ? <List inbox={value} status={search.status} show={show} /> : null,
        }))}
        className="min-h-0 flex-1"
      />
    </PageFrame>
  );
}
