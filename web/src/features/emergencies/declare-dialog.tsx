import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { Change } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { SHORTEST, useEmergencyAct } from './api.ts';

const FOLLOWS = ['told', 'review', 'count'] as const;

/** What is skipped, and what comes of it: said before anything is sent. */
const Consequences = ({ rule }: { rule: { name: string; text: string } | undefined }) => (
  <div className="flex flex-col gap-2 rounded-md border border-bad/35 bg-bad-wash px-3 py-2.5">
    <p className="font-semibold">{t('emergency.skips')}</p>
    {rule && (
      <blockquote className="border-s-2 border-bad ps-2.5">
        {rule.text} <code className="text-xs text-ink-2">{rule.name}</code>
      </blockquote>
    )}
    <p className="font-semibold">{t('emergency.follows')}</p>
    <ul className="list-disc ps-5 text-ink-2">
      {FOLLOWS.map((one) => (
        <li key={one}>{t(`emergency.follows.${one}`)}</li>
      ))}
    </ul>
  </div>
);

/** Carries a waiting Change out without the approvals it waits for. */
export function DeclareDialog({ change, onClose }: { change: Pick<Change, 'id' | 'number' | 'summary' | 'approval'>; onClose: () => void }) {
  const [comment, setComment] = useState('');
  const [ticket, setTicket] = useState('');
  const [touched, setTouched] = useState(false);
  const sending = useEmergencyAct('emergency', change);
  const short = comment.trim().length < SHORTEST.emergency;
  const none = ticket.trim() === '';
  const refused = sending.error ? errorsByPointer(toProblem(sending.error)) : {};
  const go = () => {
    setTouched(true);
    if (short || none || sending.isPending) return;
    sending.mutate({ comment: comment.trim(), ticket: ticket.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('emergency.ask', { number: change.number })}
      description={change.summary}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant="danger" busy={sending.isPending} onClick={go}>
            {t('emergency.go')}
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
        <Consequences rule={change.approval?.rule} />
        <Field
          label={t('emergency.reason')}
          required
          error={touched && short ? t('emergency.reason.short') : refused['/comment']}
          help={t('emergency.reason.help')}
        >
          {(control) => <Textarea {...control} autoFocus value={comment} maxLength={4000} onChange={(event) => setComment(event.target.value)} />}
        </Field>
        <Field label={t('change.detail.ticket')} required error={touched && none ? t('emergency.ticket.none') : refused['/ticket']}>
          {(control) => <Input {...control} value={ticket} maxLength={255} onChange={(event) => setTicket(event.target.value)} />}
        </Field>
        {sending.error && Object.keys(refused).length === 0 && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
}
