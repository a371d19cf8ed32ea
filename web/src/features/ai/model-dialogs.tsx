import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { TOUCHED } from './api.ts';
import { changesOf, draftOf, fieldsOf, isReady, NEW_MODEL } from './model-draft.ts';
import { ModelFields } from './model-fields.tsx';
import type { Model, Provider } from './types.ts';

const KINDS = ['chat', 'embedding'] as const;

/** A model that a provider has and the catalogue does not know. */
export function AddModel({ providers, onClose }: { providers: readonly Provider[]; onClose: () => void }) {
  const tell = useTell();
  const [providerId, setProvider] = useState(providers[0]?.id ?? '');
  const [model, setModel] = useState('');
  const [kind, setKind] = useState<Model['kind']>('chat');
  const [draft, setDraft] = useState(NEW_MODEL);
  const ready = model.trim() !== '' && isReady(draft);
  const call = ready ? { method: 'POST' as const, path: '/ai/models', body: { providerId, model: model.trim(), kind, ...fieldsOf(draft) } } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      title={t('ai.model.add')}
      description={t('ai.model.add.text')}
      call={call}
      action={t('ai.model.add')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.model.added', { name: model.trim() }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('ai.provider')} required error={errors['/providerId']}>
          {(control) => (
            <Select {...control} value={providerId} onChange={setProvider} choices={providers.map(({ id, label }) => ({ value: id, label }))} />
          )}
        </Field>
        <Field label={t('ai.model.kind')} error={errors['/kind']}>
          {(control) => (
            <Select {...control} value={kind} onChange={setKind} choices={KINDS.map((value) => ({ value, label: t(`ai.model.kind.${value}`) }))} />
          )}
        </Field>
      </div>
      <Field label={t('ai.model.name')} help={t('ai.model.name.help')} required error={errors['/model']}>
        {(control) => (
          <Input
            {...control}
            mono
            autoFocus
            spellCheck={false}
            maxLength={150}
            placeholder="llama3.3:70b"
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
        )}
      </Field>
      <ModelFields draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

interface ActProps {
  model: Model;
  onClose: () => void;
}
/** Ids have a slash in them. */
const pathOf = ({ id }: Model): string => `/ai/models/${encodeURIComponent(id)}`;

/** What this tenant says of a model goes before what the catalogue says. */
export function EditModel({ model, onClose }: ActProps) {
  const tell = useTell();
  const [before] = useState(() => draftOf(model));
  const [draft, setDraft] = useState(before);
  const changes = changesOf(before, draft);
  const ready = isReady(draft) && Object.keys(changes).length > 0;
  const call = ready ? { method: 'PATCH' as const, path: pathOf(model), body: changes } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      title={t('ai.model.edit.of', { name: model.label })}
      description={t('ai.model.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.model.edited', { name: model.label }))}
    >
      <ModelFields draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

/** Keeps a model from being used, or lets it be used again. */
export function SwitchModel({ model, onClose }: ActProps) {
  const tell = useTell();
  const act = model.enabled ? 'off' : 'on';
  return (
    <ReviewDialog
      title={t(`ai.model.${act}.of`, { name: model.label })}
      call={{ method: 'PATCH', path: pathOf(model), body: { enabled: !model.enabled } }}
      action={t(`ai.provider.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`ai.model.${act}.done`, { name: model.label }))}
    />
  );
}

/** Takes one's own model out, or forgets what was said of one of the catalogue. */
export function ForgetModel({ model, onClose }: ActProps) {
  const tell = useTell();
  const act = model.own ? 'remove' : 'reset';
  return (
    <ReviewDialog
      danger={model.own}
      title={t(`ai.model.${act}.of`, { name: model.label })}
      call={{ method: 'DELETE', path: pathOf(model) }}
      action={t(`ai.model.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`ai.model.${act}.done`, { name: model.label }))}
    />
  );
}
