import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { currentLanguage, t } from '#lib/i18n.ts';
import { TOUCHED } from './api.ts';
import { bodyOf, changesOf, draftOf, isReady, newCollection } from './collection-draft.ts';
import { CollectionFields } from './collection-fields.tsx';
import type { Collection, KnowledgeDocument } from './types.ts';

/** A place for documents. */
export function CreateCollection({ onClose, onMade }: { onClose: () => void; onMade: (made: Collection) => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(() => newCollection(currentLanguage()));
  const call = isReady(draft) ? { method: 'POST' as const, path: '/knowledge-collections', body: bodyOf(draft) } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog<Collection>
      width="xl"
      title={t('knowledge.create')}
      description={t('knowledge.create.text')}
      call={call}
      action={t('knowledge.create.action')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('knowledge.created', { name: draft.name.trim() }));
        if (outcome.status === 'done') onMade(outcome.output);
      }}
    >
      <CollectionFields draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

interface ActProps {
  collection: Collection;
  onClose: () => void;
}
/** Changes a collection; the plan says when its documents are read anew. */
export function EditCollection({ collection, onClose }: ActProps) {
  const tell = useTell();
  const [before] = useState(() => draftOf(collection));
  const [draft, setDraft] = useState(before);
  const changes = changesOf(before, draft);
  const ready = isReady(draft) && Object.keys(changes).length > 0;
  const call = ready ? { method: 'PATCH' as const, path: `/knowledge-collections/${collection.id}`, body: changes } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('knowledge.edit.of', { name: collection.name })}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('knowledge.edited', { name: draft.name.trim() }))}
    >
      <CollectionFields draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

export function DeleteCollection({ collection, onClose, onGone }: ActProps & { onGone: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('knowledge.delete.of', { name: collection.name })}
      call={{ method: 'DELETE', path: `/knowledge-collections/${collection.id}` }}
      action={t('knowledge.delete')}
      typed={collection.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('knowledge.deleted', { name: collection.name }));
        if (outcome.status === 'done') onGone();
      }}
    />
  );
}

interface DocumentProps {
  document: KnowledgeDocument;
  onClose: () => void;
}
export function DeleteDocument({ document, onClose, onGone }: DocumentProps & { onGone: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('knowledge.document.delete.of', { name: document.title })}
      call={{ method: 'DELETE', path: `/documents/${document.id}` }}
      action={t('knowledge.document.delete')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('knowledge.document.deleted', { name: document.title }));
        onGone();
      }}
    />
  );
}

/** Has it read once more: after a failure, or for another embedding model. */
export function ReadAnew({ document, onClose }: DocumentProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('knowledge.document.again.of', { name: document.title })}
      description={t('knowledge.document.again.text')}
      call={{ method: 'POST', path: `/documents/${document.id}/ingest`, body: {} }}
      action={t('knowledge.document.again')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('knowledge.document.again.done', { name: document.title }))}
    />
  );
}
