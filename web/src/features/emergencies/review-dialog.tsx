import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import type { EmergencyUse } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { SHORTEST, useEmergencyAct, type Of } from './api.ts';

const VERDICTS = ['justified', 'unjustified'] as const;

/** An independent person's word on an emergency. */
export function ReviewDialog({ change, use, onClose }: { change: Of; use: EmergencyUse; onClose: () => void }) {
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number]>('justified');
  const [comment, setComment] = useState('');
  const [touched, setTouched] = useState(false);
  const sending = useEmergencyAct('review', change);
  const short = comment.trim().length < SHORTEST.review;
  const refused = sending.error ? errorsByPointer(toProblem(sending.error))['/comment'] : undefined;
  const go = () => {
    setTouched(true);
    if (!short && !sending.isPending) sending.mutate({ verdict, comment: comment.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('emergency.review.ask', { number: change.number })}
      description={t('emergency.review.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button variant="primary" busy={sending.isPending} onClick={go}>
            {t('emergency.review.send')}
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
          <p className="text-xs text-ink-2">{t('emergency.saidBy', { name: use.by.name, ticket: use.ticket })}</p>
          <blockquote className="mt-1 border-s-2 border-bad ps-2.5">{use.reason}</blockquote>
        </div>
        <ChoiceList
          label={t('emergency.review.verdict')}
          value={verdict}
          onChange={setVerdict}
          choices={VERDICTS.map((value) => ({ value, label: t(`emergency.verdict.${value}`), help: t(`emergency.verdict.${value}.help`) }))}
        />
        <Field label={t('change.comment')} required error={touched && short ? t('change.comment.short') : refused} help={t('change.comment.help')}>
          {(control) => <Textarea {...control} value={comment} maxLength={4000} onChange={(event) => setComment(event.target.value)} />}
        </Field>
        {sending.error && !refused && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
}
