import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { checkForm, initialValue, OperationForm, prune } from '#ui/operation-form/index.ts';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { TOUCHED } from './api.ts';
import type { NodeRecord } from './types.ts';

const schemaOf = (form: unknown): JsonSchema | null =>
  typeof form === 'object' && form !== null && 'properties' in form ? (form as JsonSchema) : null;

/** Answers what a node asks: its form, or any JSON where it has none. The first answer counts. */
export function InputDialog({ executionId, record, onClose }: { executionId: string; record: NodeRecord; onClose: () => void }) {
  const tell = useTell();
  const schema = schemaOf(record.waiting?.form);
  const [value, setValue] = useState<Record<string, unknown>>(() => (schema ? (initialValue(schema, schema) as Record<string, unknown>) : {}));
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const sending = useSubmit<unknown>(TOUCHED);
  const read = (): { value: unknown } | null => {
    if (schema) {
      const clean = prune(value, schema, schema);
      const found = checkForm(clean, schema, schema);
      setErrors(found);
      return Object.keys(found).length > 0 ? null : { value: clean };
    }
    try {
      return { value: text.trim() === '' ? {} : (JSON.parse(text) as unknown) };
    } catch {
      setErrors({ '': t('workflows.test.json') });
      return null;
    }
  };
  const send = (): void => {
    const answer = read();
    if (!answer) return;
    sending.submit({ call: { method: 'POST', path: `/executions/${executionId}/nodes/${record.id}/input`, body: answer }, comment: '' }, (outcome) => {
      tell(outcome, t('executions.answered'));
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={record.waiting?.title ?? t('executions.answer.of', { node: record.key })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={sending.isPending} onClick={send}>
            {t('executions.answer')}
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
        {schema ? (
          <OperationForm schema={schema} value={value} onChange={setValue} errors={errors} />
        ) : (
          <Field label={t('executions.answer.value')} required={false} error={errors['']}>
            {(control) => (
              <Textarea {...control} mono rows={5} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
        )}
        {sending.error && <ProblemView error={sending.error} />}
      </form>
    </Dialog>
  );
} // prettier-ignore
