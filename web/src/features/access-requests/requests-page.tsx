import { useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { ScopeView } from '#features/access/scope-view.tsx';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Time } from '#ui/time.tsx';
import { LIST, type Act } from './api.ts';
import { AskDialog } from './ask-dialog.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { WHOSE, type AccessRequestsSearch } from './search.ts';
import type { AccessRequest } from './types.ts';

type Chosen = { request: AccessRequest; act: Exclude<Act, 'create'> };

/** The acts that are open to the reader now. */
const actsOf = ({ actions }: AccessRequest): Chosen['act'][] => [
  ...(actions.decide ? (['reject', 'approve'] as const) : []),
  ...(actions.extend ? (['extend'] as const) : []),
  ...(actions.end ? (['end'] as const) : []),
  ...(actions.cancel ? (['cancel'] as const) : []),
];

const Entry = ({ request, onAct }: { request: AccessRequest; onAct: (chosen: Chosen) => void }) => (
  <li className="flex flex-col gap-2 px-4 py-3">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-medium">{request.role.name}</span>
      {request.permission && <code className="text-xs text-ink-2">{request.permission}</code>}
      <State value={request.status} />
      <span className="text-xs text-ink-3">
        {request.requester.name}, <Time at={request.createdAt} />
      </span>
    </div>
    <ScopeView scope={request.scope} />
    <p className="text-ink-2 [overflow-wrap:anywhere]">{request.reason}</p>
    <p className="text-xs text-ink-3">
      {request.extendsId !== null && `${t('accessRequest.extension')} · `}
      {duration(request.minutes * 60)}
      {request.grant && (
        <>
          {' · '}
          <Time at={request.grant.from} /> – <Time at={request.grant.until} />
        </>
      )}
      {request.decidedBy && ` · ${t('accessRequest.decidedBy', { name: request.decidedBy.name })}`}
      {request.comment && ` · ${request.comment}`}
    </p>
    {actsOf(request).length > 0 && (
      <div className="flex flex-wrap gap-2">
        {actsOf(request).map((act) => (
          <Button
            key={act}
            size="sm"
            variant={act === 'approve' ? 'primary' : act === 'extend' ? 'secondary' : 'danger-quiet'}
            aria-label={t(`accessRequest.ask.${act}`, { role: request.role.name })}
            onClick={() => onAct({ request, act })}
          >
            {t(`accessRequest.act.${act}`)}
          </Button>
        ))}
      </div>
    )}
  </li>
);

function List({ whose, onAct }: { whose: (typeof WHOSE)[number]; onAct: (chosen: Chosen) => void }) {
  const { rows, error, loading, hasMore, loadingMore, loadMore, retry } = usePages<AccessRequest>(LIST, { whose });
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading) return <SkeletonText lines={6} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={KeyRound} title={t(`accessRequest.empty.${whose}`)}>
        {t(`accessRequest.empty.${whose}.text`)}
      </EmptyState>
    );
  return (
    <Card flush title={t(`accessRequest.tab.${whose}`)}>
      <ul className="divide-y divide-line">
        {rows.map((request) => (
          <Entry key={request.id} request={request} onAct={onAct} />
        ))}
      </ul>
      {hasMore && (
        <Button className="m-3" busy={loadingMore} onClick={loadMore}>
          {t('accessRequest.more')}
        </Button>
      )}
    </Card>
  );
}

/** Access for some hours: what one asked for, and what one may decide on. */
export function AccessRequestsPage({ search }: { search: AccessRequestsSearch }) {
  const navigate = useNavigate();
  const whose = search.whose ?? 'mine';
  const [asking, setAsking] = useState(search.permission !== undefined);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const show = (next: AccessRequestsSearch) => void navigate({ to: '/settings/access-requests', search: next, replace: true });
  return (
    <PageFrame
      title={t('accessRequest.title')}
      facts={t('accessRequest.lead')}
      width="reading"
      actions={
        <Button variant="primary" data-hotkey="n" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setAsking(true)}>
          {t('accessRequest.create')}
        </Button>
      }
    >
      <Tabs
        label={t('accessRequest.tabs')}
        value={whose}
        onChange={(next) => show(next === 'mine' ? {} : { whose: next })}
        tabs={WHOSE.map((value) => ({
          value,
          label: t(`accessRequest.tab.${value}`),
          content: value === whose ? <List whose={value} onAct={setChosen} /> : null,
        }))}
      />
      {asking && (
        <AskDialog
          permission={search.permission}
          onClose={() => {
            setAsking(false);
            if (search.permission) show({});
          }}
        />
      )}
      {chosen && <DecideDialog request={chosen.request} act={chosen.act} onClose={() => setChosen(null)} />}
    </PageFrame>
  );
}
