import { Rocket } from 'lucide-react';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { TOUCHED } from './api.ts';
import type { Workflow } from './types.ts';

interface PublishDialogProps {
  workflow: Workflow;
  /** An earlier version to make active again; the draft when left out. */
  number?: number;
  onClose: () => void;
}

/** Makes a version what triggers and runs use. May wait for somebody else to agree; what is active stays so until then. */
export function PublishDialog({ workflow, number, onClose }: PublishDialogProps) {
  const tell = useTell();
  const [note, setNote] = useState('');
  const body = note.trim() ? { note: note.trim() } : {};
  const again: Call = { method: 'POST', path: `/workflows/${workflow.id}/versions/${number}/publish`, body: {} };
  const fresh: Call = { method: 'POST', path: `/workflows/${workflow.id}/versions`, body };
  const call = number === undefined ? fresh : again;
  return (
    <ReviewDialog<{ number: number }>
      title={number === undefined ? t('workflows.publish.of', { name: workflow.name }) : t('workflows.publish.again.of', { number })}
      description={number === undefined ? t('workflows.publish.text') : t('workflows.publish.again.text')}
      call={call}
      action={t('workflows.publish')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, outcome.status === 'done' ? t('workflows.published', { number: outcome.output?.number ?? number ?? '' }) : '')}
    >
      {number === undefined && (
        <Field label={t('workflows.publish.note')} help={t('workflows.publish.note.help')} required={false}>
          {(control) => <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      )}
    </ReviewDialog>
  );
} // prettier-ignore

/** Publishing, or why it cannot be done now. */
export function PublishButton({ workflow }: { workflow: Workflow }) {
  const [open, setOpen] = useState(false);
  const { may, status, validation, changed, activeVersion } = workflow;
  const blocked =
    status === 'archived'
      ? t('workflows.blocked.archived')
      : !may.publish
        ? t('blocked.permission', { permission: 'workflows:publish' })
        : validation.errors > 0
          ? t('workflows.blocked.errors', { count: validation.errors })
          : activeVersion !== null && !changed
            ? t('workflows.blocked.unchanged')
            : null;
  return (
    <>
      <Button blocked={blocked} icon={<Rocket aria-hidden className="size-3.5" />} onClick={() => setOpen(true)}>
        {t('workflows.publish')}
      </Button>
      {open && <PublishDialog workflow={workflow} onClose={() => setOpen(false)} />}
    </>
  );
}
