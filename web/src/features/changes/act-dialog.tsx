import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { Change, ChangeAction } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useAct } from './api.ts';
import { planCounts } from './plan-view.tsx';

/** Shortest comment that the server takes where it needs one. */
const SHORTEST = 5;
const NEEDS_COMMENT: ReadonlySet<ChangeAction> = new Set(['reject', 'resume']);

export interface ActDialogProps {
  change: Pick<Change, 'id' | 'number' | 'planHash' | 'summary' | 'plan'>;
  action: ChangeAction;
  onClose: () => void;
  /** The act became a Change of its own (a rollback): show that one. */
  onFollow: (number: string) => void;
}
/** The question before a decision, with room for the reason. Ctrl/⌘ Enter answers it. */
export function ActDialog({ change, action, onClose, onFollow }: ActDialogProps) {
  const [comment, setComment] = useState('');
  const [touched, setTouched] = useState(false);
  const act = useAct(change);
  const short = NEEDS_COMMENT.has(action) && comment.trim().length < SHORTEST;
  const refused = act.error ? errorsByPointer(toProblem(act.error))['/comment'] : undefined;

  const go = () => {
    setTouched(true);
    if (short || act.isPending) return;
    act.mutate(
      { action, ...(comment.trim() ? { comment: comment.trim() } : {}) },
      { onSuccess: (outcome) => (outcome.status === 'accepted' ? onFollow(outcome.change.number) : onClose()) },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`change.ask.${action}`, { number: change.number })}
      description={t(`change.ask.${action}.text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant={action === 'reject' || action === 'cancel' ? 'danger' : 'primary'} busy={act.isPending} onClick={go}>
            {t(`change.act.${action}`)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className="rounded-md border border-line bg-sunken px-3 py-2">
          <p className="font-medium">{change.summary}</p>
          {change.plan && <p className="text-xs text-ink-2">{planCounts(change.plan)}</p>}
        </div>
        <Field
          label={t('change.comment')}
          required={NEEDS_COMMENT.has(action)}
          error={touched && short ? t('change.comment.short') : refused}
          help={t('change.comment.help')}
        >
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              value={comment}
              maxLength={2000}
              onChange={(event) => setComment(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && go()}
            />
          )}
        </Field>
        {act.error && !refused && <ProblemView error={act.error} />}
      </form>
    </Dialog>
  );
}
