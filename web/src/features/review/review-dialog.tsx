import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem, type Problem } from '#lib/problem.ts';
import type { Preview } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { planQuery, type Call } from './call.ts';
import { PlanPanel, PlanSkeleton } from './plan-panel.tsx';
import { useSettledCall } from './settled.ts';
import { useSubmit } from './submit.ts';
import { WhyField } from './why-field.tsx';

export interface ReviewDialogProps<T> {
  title: string;
  description?: ReactNode;
  /** What the fields say now, planned once it rests; null: not chosen yet, so there is nothing to plan. */
  call: Call | null;
  /** The verb of the button when nobody has to agree. */
  action: string;
  danger?: boolean;
  /** When given, it has to be typed before the button works. */
  typed?: string;
  /** Lists that it makes old, by the first part of their query keys. */
  touched: readonly string[];
  onClose: () => void;
  /** It is done or on its way. Called before the dialog closes. */
  onOutcome: (outcome: Outcome<T>) => void;
  width?: 'lg' | 'xl';
  /** A refusal that the choices above tell already, so that it is not told twice. */
  told?: (problem: Problem) => boolean;
  /** Choices above the plan. */
  children?: ReactNode;
}

const NOTHING: Call = { method: 'POST', path: '' };
const usePlan = (call: Call | null) => useQuery({ ...planQuery(call ?? NOTHING), enabled: call !== null });

const waits = (preview: Preview | undefined): boolean => preview !== undefined && preview.requirements.length > 0;

/** The plan of a call, who must agree, the reason, and only then the act. */
export function ReviewDialog<T>(props: ReviewDialogProps<T>) {
  const { title, description, action, danger, typed, touched, onClose, onOutcome, width = 'lg', told, children } = props;
  const { call, stale } = useSettledCall(props.call);
  const plan = usePlan(call);
  const [comment, setComment] = useState('');
  const [text, setText] = useState('');
  const sending = useSubmit<T>(touched);
  const ready = call !== null && !stale && plan.data !== undefined && (typed === undefined || text === typed);
  const go = () => {
    if (!ready) return;
    sending.submit({ call, comment }, (outcome) => {
      onOutcome(outcome);
      onClose();
    });
  };
  return (
    <Dialog
      open
      width={width}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description ?? t('run.planned')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={sending.isPending} disabled={!ready} onClick={go}>
            {waits(plan.data) ? t('run.request') : action}
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
        {children}
        {plan.error && !told?.(toProblem(plan.error)) && <ProblemView error={plan.error} retry={() => void plan.refetch()} />}
        {call && plan.isPending && <PlanSkeleton />}
        {plan.data && (
          <Confirmation preview={plan.data} typed={typed} text={text} onText={setText} comment={comment} onComment={setComment} onSubmit={go} />
        )}
        {sending.error && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
}

interface ConfirmationProps {
  preview: Preview;
  typed: string | undefined;
  text: string;
  onText: (text: string) => void;
  comment: string;
  onComment: (comment: string) => void;
  onSubmit: () => void;
}
/** The plan and what has to be said to it. */
const Confirmation = ({ preview, typed, text, onText, comment, onComment, onSubmit }: ConfirmationProps) => (
  <>
    <PlanPanel preview={preview} />
    {typed !== undefined && (
      <Field label={t('confirm.type', { name: typed })}>
        {(control) => <Input {...control} mono autoComplete="off" spellCheck={false} value={text} onChange={(event) => onText(event.target.value)} />}
      </Field>
    )}
    <WhyField value={comment} onChange={onComment} onSubmit={onSubmit} />
  </>
);
