import { Check, CloudOff, CloudUpload, GitMerge, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Popover } from '#ui/popover.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { useBuilder, type SaveState } from './state/store.ts';

const SIGNS: Readonly<Record<SaveState, [icon: typeof Check | null, ink: string]>> = {
  saved: [Check, 'text-ink-3'],
  dirty: [CloudUpload, 'text-ink-3'],
  saving: [null, 'text-ink-3'],
  offline: [CloudOff, 'text-warn'],
  conflict: [GitMerge, 'text-warn'],
  failed: [TriangleAlert, 'text-bad'],
};

/** Where the edits are: with the server, on their way, or only here. */
export function SaveIndicator({ onRetry }: { onRetry: () => void }) {
  const save = useBuilder((state) => state.save);
  const problem = useBuilder((state) => state.problem);
  const [Icon, ink] = SIGNS[save];
  const text = (
    <span role="status" data-save={save} className={`flex items-center gap-1 text-xs whitespace-nowrap ${ink}`}>
      {Icon ? <Icon aria-hidden className="size-3.5" /> : <Spinner />}
      {t(`builder.save.${save}`)}
    </span>
  );
  if (save !== 'failed') return text;
  return (
    <span className="flex items-center gap-1">
      {text}
      <Popover label={t('builder.save.why')} trigger={<Button size="sm" variant="link">{t('builder.save.why')}</Button>} className="w-96">
        <ProblemView error={problem} retry={onRetry} />
      </Popover>
    </span>
  ); // prettier-ignore
}
