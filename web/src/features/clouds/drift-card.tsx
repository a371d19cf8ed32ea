import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { Json, Money, Page } from '#lib/types.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { valueText } from '#ui/diff.ts';
import { Amount } from '#ui/money.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Time } from '#ui/time.tsx';
import type { Server } from './types.ts';

export interface Finding {
  id: string;
  kind: 'missing' | 'changed' | 'unmanaged' | 'orphan' | 'duplicate' | 'moved';
  name: string;
  field: string;
  before: Json;
  after: Json;
  costDelta: Money | null;
  since: string;
}
export type Decision = 'adopt' | 'ignore' | 'forget';
/** Which decisions a kind of finding takes; the server decides again. */
const DECISIONS: Partial<Record<Finding['kind'], readonly Decision[]>> = { missing: ['forget', 'ignore'], changed: ['adopt', 'ignore'] };

const Row = ({ finding, onDecide }: { finding: Finding; onDecide: (decision: Decision) => void }) => {
  const mayDecide = useCan('drift:decide');
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-[1_1_16rem]">
        <p className="font-medium">{finding.kind === 'missing' ? t('drift.missing') : t('drift.changed', { field: finding.field })}</p>
        {finding.kind === 'changed' && (
          <p className="mt-0.5 font-mono text-xs [overflow-wrap:anywhere]">
            <del className="text-ink-3">{valueText(finding.before)}</del> →{' '}
            <ins className="font-semibold no-underline">{valueText(finding.after)}</ins>
          </p>
        )}
        <p className="mt-0.5 text-xs text-ink-3">
          {t('drift.since')} <Time at={finding.since} />
          {finding.costDelta && finding.costDelta.amount !== 0 && (
            <>
              {' · '}
              <Amount signed value={finding.costDelta} /> {t('size.perMonth')}
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {(DECISIONS[finding.kind] ?? ['ignore']).map((decision) => (
          <Button
            key={decision}
            size="sm"
            blocked={mayDecide ? null : t('server.blocked.permission', { permission: 'drift:decide' })}
            onClick={() => onDecide(decision)}
          >
            {t(`drift.act.${decision}`)}
          </Button>
        ))}
      </div>
    </li>
  );
};

/** Where the server is not as it should be, and what to do about it. */
export function DriftCard({ server }: { server: Server }) {
  const mayRead = useCan('drift:read');
  const open = server.drift.state === 'open';
  const tell = useTell();
  const [asked, setAsked] = useState<{ finding: Finding; decision: Decision } | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['/servers', 'drift', server.id],
    queryFn: ({ signal }) => request<Page<Finding>>('GET', '/drift', { query: { serverId: server.id }, signal }),
    enabled: open && mayRead,
  });
  return (
    <Card flush title={t('server.drift')} aside={open && <Badge tone="warn">{t('servers.drift', { count: server.drift.open })}</Badge>}>
      {!open ? (
        <p className="p-4 text-ink-2">
          {t('server.drift.none')}{' '}
          {server.lastObservedAt && (
            <span className="text-ink-3">
              {t('server.observed')} <Time at={server.lastObservedAt} />
            </span>
          )}
        </p>
      ) : error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : (
        <ul className="divide-y divide-line">
          {data?.items.map((finding) => (
            <Row key={finding.id} finding={finding} onDecide={(decision) => setAsked({ finding, decision })} />
          ))}
          {!data && <li className="p-4 text-ink-2">{t('server.drift.open', { count: server.drift.open })}</li>}
        </ul>
      )}
      {asked && (
        <ReviewDialog
          title={t(`drift.ask.${asked.decision}`, { name: server.name })}
          description={t(`drift.ask.${asked.decision}.text`)}
          call={{ method: 'POST', path: `/drift/${asked.finding.id}/decide`, body: { decision: asked.decision } }}
          action={t(`drift.act.${asked.decision}`)}
          touched={['/servers', '/cloud-providers']}
          onClose={() => setAsked(null)}
          onOutcome={(outcome) => tell(outcome, t('drift.did'))}
        />
      )}
    </Card>
  );
}
