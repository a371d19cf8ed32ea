import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Confirm } from '#ui/confirm.tsx';
import { TOUCHED, type FreshWebhook, type Webhook } from './api.ts';
import { bodyOf, changesOf, draftOf, isReady, NEW_WEBHOOK } from './draft.ts';
import { WebhookFields } from './webhook-fields.tsx';

/** Makes an endpoint. Its secret is in the answer, and nowhere else afterwards. */
export function CreateWebhookForm({ onClose, onMade }: { onClose: () => void; onMade: (made: FreshWebhook) => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(NEW_WEBHOOK);
  const call = isReady(draft) ? { method: 'POST' as const, path: '/webhooks', body: bodyOf(draft) } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog<FreshWebhook>
      width="xl"
      title={t('webhooks.create')}
      description={t('webhooks.create.text')}
      call={call}
      action={t('webhooks.create.action')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => {
        if (outcome.status === 'done') onMade(outcome.output);
        else tell(outcome, '');
      }}
    >
      <WebhookFields draft={draft} onChange={setDraft} errors={errors} />
    </ReviewDialog>
  );
}

interface ActProps {
  webhook: Webhook;
  onClose: () => void;
}
/** Changes an endpoint: what was not touched is not sent. */
export function EditWebhook({ webhook, onClose }: ActProps) {
  const tell = useTell();
  const [before] = useState(() => draftOf(webhook));
  const [draft, setDraft] = useState(before);
  const changes = changesOf(before, draft);
  const ready = isReady(draft) && Object.keys(changes).length > 0;
  const call = ready ? { method: 'PATCH' as const, path: `/webhooks/${webhook.id}`, body: changes, ifMatch: webhook.version } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog
      width="xl"
      title={t('webhooks.edit.of', { name: webhook.name })}
      description={t('webhooks.edit.text')}
      call={call}
      action={t('action.save')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('webhooks.edited', { name: draft.name.trim() }))}
    >
      <WebhookFields draft={draft} onChange={setDraft} errors={errors} kept={webhook.headerNames} />
    </ReviewDialog>
  );
}

/** Makes a new secret; the one before signs too for another day, so that nothing is refused meanwhile. */
export function RotateSecret({ webhook, onClose, onMade }: ActProps & { onMade: (made: FreshWebhook) => void }) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const rotate = async () => {
    const outcome = await run<FreshWebhook>('POST', `/webhooks/${webhook.id}/rotate-secret`, { body: {} }, { idempotencyKey: key.current });
    if (outcome.status === 'done') onMade(outcome.output);
    await client.invalidateQueries({ queryKey: ['/webhooks'] });
  };
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('webhooks.rotate.of', { name: webhook.name })}
      action={t('webhooks.rotate')}
      onConfirm={rotate}
    >
      {t('webhooks.rotate.text')}
    </Confirm>
  );
}

export function DeleteWebhook({ webhook, onClose, onGone }: ActProps & { onGone: () => void }) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('webhooks.delete.of', { name: webhook.name })}
      description={t('webhooks.delete.text')}
      call={{ method: 'DELETE', path: `/webhooks/${webhook.id}` }}
      action={t('webhooks.delete')}
      typed={webhook.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('webhooks.deleted', { name: webhook.name }));
        if (outcome.status === 'done') onGone();
      }}
    />
  );
}

/** Holds an endpoint, or lets it go on; one that was disabled begins anew. */
export function SetState({ webhook, state, onClose }: ActProps & { state: 'active' | 'paused' }) {
  const tell = useTell();
  const act = state === 'paused' ? 'pause' : webhook.state === 'paused' ? 'resume' : 'enable';
  return (
    <ReviewDialog
      title={t(`webhooks.${act}.of`, { name: webhook.name })}
      description={t(`webhooks.${act}.text`)}
      call={{ method: 'PATCH', path: `/webhooks/${webhook.id}`, body: { state }, ifMatch: webhook.version }}
      action={t(`webhooks.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`webhooks.${act}.done`, { name: webhook.name }))}
    />
  );
}
