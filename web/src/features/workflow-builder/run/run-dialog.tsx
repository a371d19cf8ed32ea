import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { keepInput, lastInput } from '#features/workflows/inputs.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { checkForm, initialValue, OperationForm, prune } from '#ui/operation-form/index.ts';
import { Textarea } from '#ui/textarea.tsx';
import type { Json } from '../types.ts';

type Input = { [name: string]: Json };
const parsed = (text: string): Input | null => {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : null;
  } catch {
    return null;
  }
};

export interface RunDialogProps {
  workflowId: string;
  schema: JsonSchema | null;
  onClose: () => void;
  onRun: (inputs: Json) => void;
}
/** What the trigger asks for, before a test run; filled with what it was last. */
export function RunDialog({ workflowId, schema, onClose, onRun }: RunDialogProps) {
  const [value, setValue] = useState<Record<string, unknown>>(() => ({
    ...(schema ? (initialValue(schema, schema) as Input) : {}),
    ...lastInput(workflowId),
  }));
  const [text, setText] = useState(() => JSON.stringify(lastInput(workflowId) ?? {}, null, 2));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const run = () => {
    const input = schema ? (prune(value, schema, schema) as Input) : parsed(text);
    const found = schema ? checkForm(input, schema, schema) : input ? {} : { '': t('form.json') };
    setErrors(found);
    if (!input || Object.keys(found).length > 0) return;
    keepInput(workflowId, schema, input);
    onClose();
    onRun(input);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('builder.run.with')}
      description={t('builder.run.real')}
      footer={
        <Button variant="primary" onClick={run}>
          {t('builder.run')}
        </Button>
      }
    >
      {schema ? (
        <OperationForm schema={schema} value={value} onChange={setValue} errors={errors} />
      ) : (
        <Field label={t('builder.run.input')} error={errors['']}>
          {(control) => <Textarea {...control} mono rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      )}
    </Dialog>
  );
}
