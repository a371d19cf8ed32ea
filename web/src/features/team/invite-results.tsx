import { CircleCheck, CircleX } from 'lucide-react';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';

export interface InviteResult {
  email: string;
  /** `invited`, `resent`, or the code of a refusal. */
  status: string;
  detail?: string;
}
const isSent = ({ status }: InviteResult): boolean => status === 'invited' || status === 'resent';
const textOf = ({ status }: InviteResult): string => {
  const key = `team.result.${status}`;
  return hasText(key) ? t(key) : words(status);
};

/** What became of each row. */
export function InviteResults({ results }: { results: readonly InviteResult[] }) {
  const sent = results.filter(isSent).length;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-ink-2">
        {t('team.result.sent', { count: sent })}
        {sent < results.length && <span className="ms-1.5 text-bad">{t('team.result.refused', { count: results.length - sent })}</span>}
      </p>
      <ul aria-label={t('team.invite.results')} className="divide-y divide-line rounded-lg border border-line">
        {results.map((result) => (
          <li key={result.email} className="flex flex-wrap items-start gap-x-3 gap-y-0.5 px-3 py-2">
            {isSent(result) ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 text-good" />
            ) : (
              <CircleX aria-hidden className="mt-0.5 size-4 text-bad" />
            )}
            <span className="min-w-0 flex-[1_1_12rem] [overflow-wrap:anywhere]">{result.email}</span>
            <span className="min-w-0 text-ink-2">
              {textOf(result)}
              {result.detail && <span className="block text-xs text-ink-3">{result.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
