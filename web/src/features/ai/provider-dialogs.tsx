import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { TOUCHED } from './api.ts';
import { bodyOf, changesOf, draftFor, draftOf, isReady } from './provider-draft.ts';
import { ProviderFields } from './provider-fields.tsx';
import type { Provider } from './types.ts';

/** Somebody new to ask. */
export function AddProvider({ onClose }: { onClose: () => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(() => draftFor('openai'));
  const call = isReady(draft) ? { method: 'POST' as const, path: '/ai/providers', body: bodyOf(draft) } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('ai.provider.add')}
      description={t('ai.provider.add.text')}
      call={call}
      action={t('ai.provider.add')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.provider.added', { name: draft.label }))}
    >
      <ProviderFields fresh draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

interface ActProps {
  provider: Provider;
  onClose: () => void;
}
const pathOf = ({ id }: Provider): string => `/ai/providers/${id}`;

/** Changes a provider: what was not touched is not sent. */
export function EditProvider({ provider, onClose }: ActProps) {
  const tell = useTell();
  const [before] = useState(() => draftOf(provider));
  const [draft, setDraft] = useState(before);
  const changes = changesOf(before, draft);
  const ready = isReady(draft) && Object.keys(changes).length > 0;
  const call = ready ? { method: 'PATCH' as const, path: pathOf(provider), body: changes } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('ai.provider.edit.of', { name: provider.label })}
      description={t('ai.provider.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.provider.edited', { name: draft.label }))}
    >
      <ProviderFields fresh={false} draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

/** Stops asking a provider, or begins again; what it is set up with stays. */
export function SwitchProvider({ provider, onClose }: ActProps) {
  const tell = useTell();
  const act = provider.enabled ? 'off' : 'on';
  return (
    <ReviewDialog
      title={t(`ai.provider.${act}.of`, { name: provider.label })}
      description={t(`ai.provider.${act}.text`)}
      call={{ method: 'PATCH', path: pathOf(provider), body: { enabled: !provider.enabled } }}
      action={t(`ai.provider.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`ai.provider.${act}.done`, { name: provider.label }))}
    />
  );
}

export function DeleteProvider({ provider, onClose }: ActProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('ai.provider.delete.of', { name: provider.label })}
      description={t('ai.provider.delete.text')}
      call={{ method: 'DELETE', path: pathOf(provider) }}
      action={t('ai.provider.delete')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('ai.provider.deleted', { name: provider.label }))}
    />
  );
}
