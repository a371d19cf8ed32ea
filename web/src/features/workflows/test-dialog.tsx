import { useMutation } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Json } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { WorkflowTest } from './types.ts';

interface Fields {
  name: string;
  inputs: string;
  mocks: string;
  expressions: string[];
  enabled: boolean;
}
const fieldsOf = (test: WorkflowTest | null): Fields => ({
  name: test?.name ?? '',
  inputs: JSON.stringify(test?.inputs ?? {}, null, 2),
  mocks: JSON.stringify(test?.mocks ?? {}, null, 2),
  expressions: test ? test.assertions.map(({ expression }) => expression) : ['status == "completed"'],
  enabled: test?.enabled ?? true,
});
const parsed = (text: string): { value: Json } | null => {
  try {
    return { value: JSON.parse(text || '{}') as Json };
  } catch {
    return null;
  }
};

function Assertions({ values, onChange }: { values: string[]; onChange: (values: string[]) => void }) {
  return (
    <div role="group" aria-label={t('workflows.test.expected')} className="flex flex-col gap-2">
      <p className="text-sm font-medium">{t('workflows.test.expected')}</p>
      <p className="-mt-1.5 text-xs text-ink-3">{t('workflows.test.expected.help')}</p>
      {values.map((value, at) => (
        <div key={at} className="flex items-center gap-1">
          <Input
            mono
            aria-label={t('workflows.test.expected.one', { number: at + 1 })}
            value={value}
            onChange={(event) => onChange(values.with(at, event.target.value))}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t('workflows.test.expected.remove', { number: at + 1 })}
            onClick={() => onChange(values.filter((_, other) => other !== at))}
          >
            <X aria-hidden className="size-3.5" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          variant="ghost"
          className="-ms-2"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => onChange([...values, ''])}
        >
          {t('workflows.test.expected.add')}
        </Button>
      </div>
    </div>
  );
}

interface TestDialogProps {
  workflowId: string;
  /** null: a new one. */
  test: WorkflowTest | null;
  onSaved: () => void;
  onClose: () => void;
}
/** One test: what it runs with, which nodes are answered for, and what must hold afterwards. */
export function TestDialog({ workflowId, test, onSaved, onClose }: TestDialogProps) {
  const [fields, setFields] = useState(() => fieldsOf(test));
  const [inputs, mocks] = [parsed(fields.inputs), parsed(fields.mocks)];
  const path = `/workflows/${workflowId}/tests`;
  const saving = useMutation({
    mutationFn: (body: object) => (test ? run('PATCH', `${path}/${test.id}`, { body }) : run('POST', path, { body })),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  const ready = fields.name.trim() !== '' && inputs !== null && mocks !== null;
  const save = (): void => {
    if (!ready) return;
    const assertions = fields.expressions.filter((one) => one.trim() !== '').map((expression) => ({ expression }));
    saving.mutate({ name: fields.name.trim(), inputs: inputs.value, mocks: mocks.value, assertions, enabled: fields.enabled });
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title={test ? t('workflows.test.edit', { name: test.name }) : t('workflows.test.new')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={saving.isPending} disabled={!ready} onClick={save}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('workflows.test.name')} required>
          {(control) => <Input {...control} maxLength={100} value={fields.name} onChange={(event) => setFields({ ...fields, name: event.target.value })} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('workflows.test.inputs')} error={inputs ? undefined : t('workflows.test.json')}>
            {(control) => <Textarea {...control} mono rows={6} spellCheck={false} value={fields.inputs} onChange={(event) => setFields({ ...fields, inputs: event.target.value })} />}
          </Field>
          <Field label={t('workflows.test.mocks')} help={t('workflows.test.mocks.help')} error={mocks ? undefined : t('workflows.test.json')}>
            {(control) => <Textarea {...control} mono rows={6} spellCheck={false} value={fields.mocks} onChange={(event) => setFields({ ...fields, mocks: event.target.value })} />}
          </Field>
        </div>
        <Assertions values={fields.expressions} onChange={(expressions) => setFields({ ...fields, expressions })} />
        <Field label={t('workflows.test.enabled')} help={t('workflows.test.enabled.help')} inline>
          {(control) => <Checkbox {...control} checked={fields.enabled} onCheckedChange={(on) => setFields({ ...fields, enabled: on === true })} />}
        </Field>
        {saving.error && <ProblemView error={saving.error} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
} // prettier-ignore
