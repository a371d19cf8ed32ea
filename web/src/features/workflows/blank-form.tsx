import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSubmit, useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { TOUCHED } from './api.ts';
import { NameField } from './name-field.tsx';

/** Opens a workflow in the builder. */
export function useOpenEditor(): (id: string) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: '/workflows/$id/edit', params: { id } });
}

/** A workflow with nothing but a manual trigger. */
export function BlankForm({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const openEditor = useOpenEditor();
  const [fields, setFields] = useState({ name: '', description: '', folder: '' });
  const creating = useSubmit<{ id: string }>(TOUCHED);
  const errors = errorsByPointer(creating.error ? toProblem(creating.error) : null);
  const name = fields.name.trim();
  const create = (): void => {
    if (!name) return;
    const body = {
      name,
      ...(fields.description.trim() ? { description: fields.description.trim() } : {}),
      ...(fields.folder.trim() ? { folder: fields.folder.trim() } : {}),
    };
    creating.submit({ call: { method: 'POST', path: '/workflows', body }, comment: '' }, (outcome) => {
      if (outcome.status === 'done') return openEditor(outcome.output.id);
      tell(outcome, '');
      onClose();
    });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <NameField value={fields.name} error={errors['/name']} onChange={(value) => setFields({ ...fields, name: value })} />
      <Field label={t('workflows.description')} required={false}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={2000}
            value={fields.description}
            onChange={(event) => setFields({ ...fields, description: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('workflows.folder')} required={false}>
        {(control) => (
          <Input {...control} maxLength={100} value={fields.folder} onChange={(event) => setFields({ ...fields, folder: event.target.value })} />
        )}
      </Field>
      {creating.error && <ProblemView error={creating.error} placed={(pointer) => pointer in errors} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="primary" busy={creating.isPending} disabled={!name}>
          {t('workflows.create')}
        </Button>
      </div>
    </form>
  );
}
