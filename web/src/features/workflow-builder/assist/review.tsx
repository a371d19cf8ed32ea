import { useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Proposals } from '#features/workflows/ai/proposals.tsx';
import type { Proposal } from '#features/workflows/ai/types.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import type { Session } from '../state/use-session.ts';
import { useBuilder, useDoc } from '../state/store.ts';
import { accept } from './accept.ts';
import { preview } from '../view.ts';
import { DiffPicture } from './diff-picture.tsx';
import { useShow } from './use-show.ts';

interface ReviewProps {
  session: Session;
  label: string;
  proposals: readonly Proposal[];
  /** Shown in place of the graph; where there is no room for that, above the list. */
  picture?: boolean;
  onDone: () => void;
}
/** Proposed edits to look at, to choose from, and to take over as one step. */
export function Review({ session, label, proposals, picture, onDone }: ReviewProps) {
  const doc = useDoc();
  const client = useQueryClient();
  const readOnly = useBuilder((state) => state.readOnly);
  const show = useShow();
  const narrow = show === undefined;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(proposals.keys()));
  // The first step that comes or changes is in the middle: the whole of a long graph would be too small to read.
  const [focus, setFocus] = useState(() => proposals.flatMap(({ edit }) => (edit.op === 'addNode' ? [edit.node.id] : edit.op === 'updateNode' ? [edit.id] : []))[0]); // prettier-ignore
  useEffect(() => {
    if (picture) preview.set({ proposals, chosen, focus });
  }, [picture, proposals, chosen, focus]);
  useEffect(() => () => preview.set(null), []);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (): Promise<void> => {
    setSending(true);
    setError(null);
    try {
      if (await accept(session, client, proposals, chosen)) onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {picture && narrow && (
        <div className="h-56 shrink-0 overflow-hidden rounded-lg border border-line">
          <DiffPicture proposals={proposals} chosen={chosen} />
        </div>
      )}
      <Proposals label={label} doc={doc} proposals={proposals} chosen={chosen} {...(readOnly ? {} : { onChoose: setChosen })} onShow={picture && !narrow ? setFocus : show} />
      {error !== null && <ProblemView error={error} />}
      {!readOnly && (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span role="status" className="me-auto text-xs text-ink-3">
            {t('assist.chosen', { count: chosen.size, of: proposals.length })}
          </span>
          <Button size="sm" onClick={onDone}>
            {t('assist.reject')}
          </Button>
          <Button size="sm" variant="primary" busy={sending} disabled={chosen.size === 0} icon={<Check aria-hidden className="size-3.5" />} onClick={() => void take()}>
            {t(chosen.size === proposals.length ? 'assist.accept.all' : 'assist.accept')}
          </Button>
        </div>
      )}
    </div>
  );
} // prettier-ignore
