import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { TOUCHED } from './api.ts';
import type { NodeRecord } from './types.ts';

const DECISIONS = ['happened', 'again', 'fail'] as const;
type Decision = (typeof DECISIONS)[number];

const parsed = (text: string): { value: unknown } | null => {
  if (text.trim() === '') return { value: null };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
};

/** An effect was begun and nobody knows how it went: a person who has looked says so. */
export function ResolveDialog({ executionId, record, onClose }: { executionId: string; record: NodeRecord; onClose: () => void }) {
  const tell = useTell();
  const blocked = useBlocked('executions:retry');
  const [decision, setDecision] = useState<Decision>('happened');
  const [output, setOutput] = useState('');
  const sending = useSubmit<unknown>(TOUCHED);
  const value = decision === 'happened' ? parsed(output) : { value: undefined };
  const send = (): void => {
    if (!value || blocked) return;
    const body = { decision, ...(value.value === undefined ? {} : { output: value.value }) };
    sending.submit({ call: { method: 'POST', path: `/executions/${executionId}/nodes/${record.id}/resolve`, body }, comment: '' }, (outcome) => {
      tell(outcome, t('executions.resolve.done'));
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('executions.resolve.of', { node: record.key })}
      description={t('executions.resolve.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant={decision === 'happened' ? 'primary' : 'danger'}
            blocked={blocked}
            busy={sending.isPending}
            disabled={!value}
            onClick={send}
          >
            {t(`executions.resolve.${decision}`)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <ChoiceList<Decision>
          label={t('executions.resolve')}
          value={decision}
          onChange={setDecision}
          choices={DECISIONS.map((one) => ({
            value: one,
            label: t(`executions.resolve.${one}`),
            help: t(`executions.resolve.${one}.help`),
          }))}
        />
        {decision === 'happened' && (
          <Field
            label={t('executions.resolve.output')}
            help={t('executions.resolve.output.help')}
            required={false}
            error={value ? undefined : t('workflows.test.json')}
          >
            {(control) => (
              <Textarea {...control} mono rows={4} spellCheck={false} value={output} onChange={(event) => setOutput(event.target.value)} />
            )}
          </Field>
        )}
        {sending.error && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
}
