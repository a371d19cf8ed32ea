import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { TOUCHED } from './api.ts';
import type { WorkflowSummary } from './types.ts';

type StatusAct = 'pause' | 'activate' | 'archive';
/** What is done with a workflow as a whole. */
export type Act = StatusAct | 'duplicate' | 'delete' | 'settings' | 'run';
type Subject = Pick<WorkflowSummary, 'id' | 'name'>;

interface ActProps {
  workflow: Subject;
  onClose: () => void;
}
/** Turns triggers off or on again, or puts it away. */
export function SetStatus({ workflow, act, onClose }: ActProps & { act: StatusAct }) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t(`workflows.${act}.of`, { name: workflow.name })}
      description={t(`workflows.${act}.text`)}
      call={{ method: 'POST', path: `/workflows/${workflow.id}/${act}`, body: {} }}
      action={t(`workflows.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`workflows.${act}.done`, { name: workflow.name }))}
    />
  );
}

/** A copy of draft, settings and tests under another name. */
export function Duplicate({ workflow, onClose }: ActProps) {
  const tell = useTell();
  const navigate = useNavigate();
  const [name, setName] = useState(() => t('workflows.duplicate.name', { name: workflow.name }).slice(0, 100));
  const call: Call | null = name.trim() ? { method: 'POST', path: `/workflows/${workflow.id}/duplicate`, body: { name: name.trim() } } : null;
  return (
    <ReviewDialog<{ id: string }>
      title={t('workflows.duplicate.of', { name: workflow.name })}
      description={t('workflows.duplicate.text')}
      call={call}
      action={t('workflows.duplicate')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('workflows.duplicate.done', { name: name.trim() }));
        if (outcome.status === 'done') void navigate({ to: '/workflows/$id', params: { id: outcome.output.id } });
      }}
    >
      <Field label={t('workflows.name')} required>
        {(control) => <Input {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}

export function DeleteWorkflow({ workflow, onClose, onGone }: ActProps & { onGone: () => void }) {
  const tell = useTell();
  const [force, setForce] = useState(false);
  return (
    <ReviewDialog
      danger
      title={t('workflows.delete.of', { name: workflow.name })}
      description={t('workflows.delete.text')}
      call={{ method: 'DELETE', path: `/workflows/${workflow.id}`, query: { force } }}
      action={t('workflows.delete')}
      typed={workflow.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('workflows.deleted', { name: workflow.name }));
        if (outcome.status === 'done') onGone();
      }}
    >
      <Field label={t('workflows.delete.force')} help={t('workflows.delete.force.help')} inline>
        {(control) => <Checkbox {...control} checked={force} onCheckedChange={(on) => setForce(on === true)} />}
      </Field>
    </ReviewDialog>
  );
}
