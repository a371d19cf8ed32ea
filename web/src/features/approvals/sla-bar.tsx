import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { Progress } from '#ui/progress.tsx';
import { Time } from '#ui/time.tsx';
import { slaOf } from './sla.ts';
import type { ApprovalSummary } from './types.ts';

/** How soon a request should be decided. */
export function SlaBar({ request }: { request: ApprovalSummary }) {
  const { share, tone, late } = slaOf(request, useNow());
  return (
    <span className="flex min-w-24 flex-col gap-1">
      <span className={late && !request.closedAt ? 'text-xs font-medium text-bad' : 'text-xs text-ink-2'}>
        {request.closedAt ? t('approvals.closed') : late ? t('approvals.late') : t('approvals.due')}{' '}
        <Time at={request.closedAt ?? request.slaDueAt} short />
      </span>
      <Progress label={t('approvals.sla')} value={share} tone={tone} className="max-w-40" />
    </span>
  );
}
