import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { pathOf, type Domain, type ServerAnswer } from './api.ts';

const Records = ({ records }: Pick<Domain, 'records'>) => (
  <div className="overflow-x-auto">
    <table aria-label={t('domains.records')} className="block w-full text-start sm:table">
      <thead className="hidden sm:table-header-group">
        <tr className="text-xs text-ink-3 [&>th]:px-4 [&>th]:py-1.5 [&>th]:text-start [&>th]:font-medium">
          <th scope="col">{t('domains.record.type')}</th>
          <th scope="col">{t('domains.record.name')}</th>
          <th scope="col">{t('domains.record.value')}</th>
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {records.map((record) => (
          <tr
            key={record.type + record.name}
            className="block border-t border-line py-1 align-top sm:table-row sm:py-0 [&>td]:block [&>td]:px-4 [&>td]:py-1 sm:[&>td]:table-cell sm:[&>td]:py-2"
          >
            <td className="whitespace-nowrap">
              <span className="font-medium">{record.type}</span>
              <span className="block text-xs text-ink-3">{t(record.purpose === 'proof' ? 'domains.purpose.proof' : 'domains.purpose.traffic')}</span>
            </td>
            {[record.name, record.value].map((text, at) => (
              <td key={at}>
                <span className="flex items-start gap-1">
                  {/* A value is one word to whoever copies it: it breaks at the edge and not at a hyphen. */}
                  <code className={cx('min-w-0 text-xs leading-6', at === 0 ? '[overflow-wrap:anywhere]' : 'break-all')}>{text}</code>
                  <CopyButton text={text} label={t(at === 0 ? 'domains.copy.name' : 'domains.copy.value', { type: record.type })} />
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Checks = ({ checks }: { checks: readonly ServerAnswer[] }) => (
  <ul aria-label={t('domains.checks')} className="divide-y divide-line border-t border-line">
    {checks.map((check, at) => (
      <li key={at} className="flex flex-wrap items-start gap-x-3 gap-y-0.5 px-4 py-2">
        {check.ok ? (
          <CircleCheck role="img" aria-label={t('domains.check.ok')} className="mt-0.5 size-4 shrink-0 text-good" />
        ) : (
          <CircleX role="img" aria-label={t('domains.check.failed')} className="mt-0.5 size-4 shrink-0 text-bad" />
        )}
        <span className="w-60 max-w-full font-medium [overflow-wrap:anywhere]">{check.server}</span>
        <code className="min-w-0 flex-[1_1_12rem] text-xs leading-5 break-all text-ink-2">{check.answer}</code>
      </li>
    ))}
  </ul>
);

const Times = ({ domain }: { domain: Domain }) => (
  <p className="flex min-w-0 flex-[1_1_14rem] flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
    {domain.lastCheckedAt && (
      <span>
        {t('domains.checked')} <Time at={domain.lastCheckedAt} />
      </span>
    )}
    <span>
      {t('domains.next')} <Time at={domain.nextCheckAt} />
    </span>
    {domain.endsAt && (
      <span className="text-warn">
        {t('domains.ends')} <Time at={domain.endsAt} />
      </span>
    )}
  </p>
);

/** One domain: its state, the records it needs, what each server says, and the check at a press. */
export function DomainCard({ domain }: { domain: Domain }) {
  const { tenant } = useMe();
  const client = useQueryClient();
  const tell = useTell();
  const blocked = useBlocked('domains:write');
  const [removing, setRemoving] = useState(false);
  const list = pathOf(tenant.id, '/domains');
  const check = useMutation({
    mutationFn: () => request<{ verified: boolean; checks: ServerAnswer[] }>('POST', `${list}/${domain.id}/verify`, { body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: [list] }),
  });
  const checks = check.data?.checks ?? domain.checks;
  return (
    <Card flush title={<span className="font-mono">{domain.domain}</span>} aside={<State value={domain.state} />}>
      <p className="px-4 py-3 text-pretty text-ink-2">{t(`domains.state.${domain.state}`)}</p>
      <Records records={domain.records} />
      {check.error && (
        <div className="p-4">
          <ProblemView error={check.error} />
        </div>
      )}
      {checks.length > 0 && <Checks checks={checks} />}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-3">
        <Times domain={domain} />
        <span className="flex gap-2">
          <Button
            size="sm"
            busy={check.isPending}
            blocked={blocked}
            icon={<RefreshCw aria-hidden className="size-3.5" />}
            aria-label={t('domains.check.of', { domain: domain.domain })}
            onClick={() => check.mutate()}
          >
            {t('domains.check')}
          </Button>
          <Button
            size="icon-sm"
            variant="ghost"
            blocked={blocked}
            aria-label={t('domains.remove.of', { domain: domain.domain })}
            onClick={() => setRemoving(true)}
          >
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </span>
      </div>
      {removing && (
        <ReviewDialog
          title={t('domains.remove.of', { domain: domain.domain })}
          call={{ method: 'DELETE', path: `${list}/${domain.id}` }}
          action={t('domains.remove')}
          danger
          typed={domain.domain}
          touched={[list]}
          onClose={() => setRemoving(false)}
          onOutcome={(outcome) => tell(outcome, t('domains.removed', { domain: domain.domain }))}
        />
      )}
    </Card>
  );
}
