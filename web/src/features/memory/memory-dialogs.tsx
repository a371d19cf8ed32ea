import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { TOUCHED } from './api.ts';
import { bodyOf, changesOf, draftOf, isEdit, isReady, NEW_MEMORY } from './draft.ts';
import { MemoryFields } from './memory-fields.tsx';
import type { Memory, MemoryLink } from './types.ts';
import { nameOf } from './words.tsx';

/** Keeps something new. */
export function CreateMemory({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(NEW_MEMORY);
  const call = isReady(draft) ? { method: 'POST' as const, path: '/memories', body: bodyOf(draft) } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('memory.create')}
      description={t('memory.create.text')}
      call={call}
      action={t('memory.create.action')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('memory.created'))}
    >
      <MemoryFields fresh draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

interface ActProps {
  memory: Memory;
  onClose: () => void;
}
const pathOf = ({ id }: Memory): string => `/memories/${id}`;

/** Changes what is said of it, and what it says; the former content is not kept. */
export function EditMemory({ memory, onClose }: ActProps) {
  const tell = useTell();
  const [before] = useState(() => draftOf(memory));
  const [draft, setDraft] = useState(before);
  const call = isEdit(before, draft) ? { method: 'PATCH' as const, path: pathOf(memory), body: changesOf(before, draft) } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('memory.edit.of', { name: nameOf(memory) })}
      description={t('memory.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('memory.edited'))}
    >
      <MemoryFields fresh={false} draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

/** New content, with the former one kept as a version. */
export function NewVersion({ memory, onClose }: ActProps) {
  const tell = useTell();
  const [content, setContent] = useState(memory.content ?? '');
  const [note, setNote] = useState('');
  const { space, key, sensitivity } = memory;
  const ready = content.trim() !== '' && content !== memory.content;
  const body = { space, key, sensitivity, content, mergeStrategy: 'version', ...(note.trim() ? { versionNote: note.trim() } : {}) };
  const call = ready ? { method: 'POST' as const, path: '/memories', body } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('memory.version.of', { name: nameOf(memory) })}
      description={t('memory.version.text')}
      call={call}
      action={t('memory.version.keep')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('memory.version.kept'))}
    >
      <Field label={t('memory.content')} required error={errors['/content']}>
        {(control) => <Textarea {...control} autoFocus rows={6} maxLength={65_536} value={content} onChange={(event) => setContent(event.target.value)} />}
      </Field>
      <Field label={t('memory.version.note')} help={t('memory.version.note.help')} required={false} error={errors['/versionNote']}>
        {(control) => <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
} // prettier-ignore

/** Forgets it, with its versions and links. */
export function DeleteMemory({ memory, onClose, onGone }: ActProps & { onGone: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('memory.delete.of', { name: nameOf(memory) })}
      call={{ method: 'DELETE', path: pathOf(memory) }}
      action={t('memory.delete')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('memory.deleted'));
        if (outcome.status === 'done') onGone();
      }}
    />
  );
}

/** Leads to another memory of the same space, or to a thing. */
export function AddLink({ memory, onClose }: ActProps) {
  const tell = useTell();
  const [to, setTo] = useState('');
  const [relation, setRelation] = useState('about');
  const good = /^[a-z][a-z0-9_]{0,39}$/.test(relation);
  const call = to.trim() && good ? { method: 'POST' as const, path: `${pathOf(memory)}/links`, body: { to: to.trim(), relation } } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      title={t('memory.link.add.of', { name: nameOf(memory) })}
      call={call}
      action={t('memory.link.add')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('memory.link.added'))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('memory.link.relation')} help={t('memory.link.relation.help')} required error={good ? errors['/relation'] : t('memory.link.relation.bad')}>
          {(control) => <Input {...control} mono maxLength={40} value={relation} onChange={(event) => setRelation(event.target.value.trim())} />}
        </Field>
        <Field label={t('memory.link.to')} help={t('memory.link.to.help')} required error={errors['/to']}>
          {(control) => <Input {...control} mono autoFocus maxLength={260} placeholder="edge-fra-1/contacts" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      </div>
    </ReviewDialog>
  );
} // prettier-ignore

export function RemoveLink({ memory, link, onClose }: ActProps & { link: MemoryLink }) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('memory.link.remove.of', { name: nameOf(memory) })}
      call={{ method: 'DELETE', path: `${pathOf(memory)}/links/${link.id}` }}
      action={t('memory.link.remove')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('memory.link.removed'))}
    />
  );
}
