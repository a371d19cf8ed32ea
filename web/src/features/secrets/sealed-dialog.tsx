import { useEffect, useRef, useState, type ReactNode } from 'react';
import { PlanPanel } from '#features/review/plan-panel.tsx';
import { WhyField } from '#features/review/why-field.tsx';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { Preview } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { useSealed, type Build } from './use-sealed.ts';

export interface SealedDialogProps<T> {
  title: string;
  description: ReactNode;
  build: Build;
  /** The verb of the button when nobody has to agree. */
  action: string;
  /** A value is made by the server: nobody sees it when the call has to wait. */
  generated?: boolean;
  /** Why, when the fields say it already. */
  reason?: string;
  onClose: () => void;
  /** It is done or on its way. */
  onOutcome: (outcome: Outcome<T>) => void;
  /** Fields, with what the server says to them by pointer. */
  children: (errors: Record<string, string>) => ReactNode;
}

/** The plan, in place of the fields. It takes the focus, so that the next key does not confirm what was not read yet. */
function Review({ preview, generated, children }: { preview: Preview; generated: boolean; children: ReactNode }) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <div ref={top} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      <PlanPanel preview={preview} />
      {generated && preview.requirements.length > 0 && <p className="rounded-md bg-warn-wash px-3 py-2">{t('secrets.generate.unseen')}</p>}
      {children}
    </div>
  );
}

/** As the review dialog, for calls with values: fields first, then their plan, and only then the act. */
export function SealedDialog<T>(props: SealedDialogProps<T>) {
  const { title, description, build, action, generated = false, reason, onClose, onOutcome, children } = props;
  const [comment, setComment] = useState('');
  const { plan, act } = useSealed<T>(build);
  const failed = act.error ?? plan.error;
  const errors = errorsByPointer(failed && toProblem(failed));
  const reviewing = plan.data !== undefined;
  const forward = () => {
    if (plan.isPending || act.isPending || build() === null) return;
    if (reviewing) act.mutate((reason ?? comment).trim(), { onSuccess: onOutcome });
    else plan.mutate();
  };
  const back = () => {
    plan.reset();
    act.reset();
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={reviewing ? back : onClose}>{t(reviewing ? 'action.back' : 'action.cancel')}</Button>
          <Button
            key={reviewing ? 'act' : 'plan'}
            type="submit"
            form="sealed"
            variant="primary"
            busy={plan.isPending || act.isPending}
            disabled={build() === null}
          >
            {reviewing ? (plan.data.requirements.length > 0 ? t('run.request') : action) : t('secrets.next')}
          </Button>
        </>
      }
    >
      <form
        id="sealed"
        autoComplete="off"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          forward();
        }}
      >
        {failed && <ProblemView error={failed} placed={reviewing ? () => false : (pointer) => pointer in errors} />}
        {reviewing ? (
          <Review preview={plan.data} generated={generated}>
            {reason === undefined && <WhyField value={comment} onChange={setComment} onSubmit={forward} />}
          </Review>
        ) : (
          children(errors)
        )}
      </form>
    </Dialog>
  );
}
