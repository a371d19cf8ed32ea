import { Frame } from '#features/auth/frame.tsx';
import { hasText, t } from '#lib/i18n.ts';

/** The request of an agent could not even be asked about: nothing is sent to where it wants the person sent. */
export function RefusedPage({ problem, id }: { problem: string; id: string | undefined }) {
  const key = `consent.problem.${problem}`;
  return (
    <Frame title={t('consent.problem')} lead={hasText(key) ? t(key) : t('consent.problem.other')}>
      <p className="mt-6 text-xs break-all text-ink-3">
        <code>{problem}</code>
        {id && ` · ${id}`}
      </p>
    </Frame>
  );
}
