import { useState } from 'react';
import { LabelsField } from '#features/memory/labels-field.tsx';
import { isLabels } from '#features/memory/labels.ts';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { TOUCHED } from './api.ts';
import { documentChanges, documentDraft } from './document-draft.ts';
import type { KnowledgeDocument } from './types.ts';

/** Changes what is said of a document: its title, where it comes from, and who may see it. Its content stays. */
export function EditDocument({ document, onClose }: { document: KnowledgeDocument; onClose: () => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(() => documentDraft(document));
  const changes = documentChanges(document, draft);
  const ready = draft.title.trim() !== '' && isLabels(draft.labels) && Object.keys(changes).length > 0;
  const call = ready ? { method: 'PATCH' as const, path: `/documents/${document.id}`, body: changes } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      title={t('knowledge.document.edit.of', { name: document.title })}
      description={t('knowledge.document.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('knowledge.document.edited', { name: draft.title.trim() }))}
    >
      <Field label={t('knowledge.document.title')} required error={errors['/title']}>
        {(control) => (
          <Input {...control} maxLength={200} value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.target.value })} />
        )}
      </Field>
      <Field label={t('knowledge.source')} required={false} help={t('knowledge.source.help')} error={errors['/source']}>
        {(control) => (
          <Input {...control} maxLength={1_000} value={draft.source} onChange={(event) => setDraft({ ...draft, source: event.target.value })} />
        )}
      </Field>
      <LabelsField value={draft.labels} error={errors['/accessLabels']} onChange={(labels) => setDraft({ ...draft, labels })} />
    </ReviewDialog>
  );
}
