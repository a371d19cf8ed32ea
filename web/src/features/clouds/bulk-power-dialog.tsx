import { useNavigate } from '@tanstack/react-router';
import { Ban } from 'lucide-react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { blockedReason } from './actions.ts';
import type { Server } from './types.ts';

export type BulkPower = 'start' | 'stop' | 'reboot';
/** What one Change may act on. */
const MOST = 100;

const LeftOut = ({ servers }: { servers: readonly { server: Server; reason: string }[] }) => (
  <section className="rounded-md border border-line bg-surface px-3 py-2">
    <h3 className="text-xs font-medium text-ink-2">{t('bulk.leftOut')}</h3>
    <ul>
      {servers.map(({ server, reason }) => (
        <li key={server.id} className="flex items-start gap-2 py-1">
          <Ban aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <span className="font-medium">{server.name}</span> <span className="text-xs text-ink-2">{reason}</span>
          </span>
        </li>
      ))}
    </ul>
  </section>
);

/** One Change for all of them, so that rules about many hold: who must agree, and how many go first. It leads to that Change. */
export function BulkPowerDialog({ action, servers, onClose }: { action: BulkPower; servers: readonly Server[]; onClose: () => void }) {
  const navigate = useNavigate();
  const { permissions } = useMe();
  const judged = servers.map((server) => ({ server, reason: blockedReason(action, server, permissions) }));
  const leftOut = judged.flatMap(({ server, reason }) => (reason === null ? [] : [{ server, reason }]));
  const ids = judged.flatMap(({ server, reason }) => (reason === null ? [server.id] : []));
  const tooMany = ids.length > MOST;
  return (
    <ReviewDialog
      title={t(`bulk.title.${action}`, { count: ids.length })}
      description={t('bulk.one')}
      call={ids.length === 0 || tooMany ? null : { method: 'POST', path: '/servers/bulk', body: { ids, action } }}
      action={t(`bulk.go.${action}`, { count: ids.length })}
      touched={['/servers', '/changes']}
      onClose={onClose}
      onOutcome={(outcome) => {
        const number = outcome.status === 'accepted' ? outcome.change.number : outcome.changeNumber;
        if (number !== null) void navigate({ to: '/changes/$id', params: { id: number } });
      }}
    >
      {tooMany && <p role="alert">{t('bulk.tooMany', { most: MOST })}</p>}
      {leftOut.length > 0 && <LeftOut servers={leftOut} />}
    </ReviewDialog>
  );
}
