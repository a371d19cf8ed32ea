import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { usePlanErrors } from '#features/review/errors.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { TOUCHED, type AuditStream, type FreshStream } from './streams-api.ts';

const KINDS = ['syslog', 'webhook'] as const;
const ENTRIES = ['all', 'evidence'] as const;
const FROM = ['now', 'beginning'] as const;
interface Draft {
  name: string;
  kind: (typeof KINDS)[number];
  address: string;
  ca: string;
  entries: (typeof ENTRIES)[number];
  from: (typeof FROM)[number];
}
const NEW: Draft = { name: '', kind: 'syslog', address: '', ca: '', entries: 'all', from: 'now' };

/** Has the trail sent to another place. What signs a webhook's messages is in the answer, and nowhere else afterwards. */
export function CreateStream({ onClose, onMade }: { onClose: () => void; onMade: (made: FreshStream) => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(NEW);
  const set = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  const { ca, name, address, ...rest } = draft;
  const isReady = name.trim() !== '' && address.trim().length >= 8;
  const body = { ...rest, name: name.trim(), address: address.trim(), ...(draft.kind === 'syslog' && ca.trim() !== '' ? { ca: ca.trim() } : {}) };
  const call = isReady ? { method: 'POST' as const, path: '/audit/streams', body } : null;
  const errors = usePlanErrors(call);
  return (
    <ReviewDialog<FreshStream>
      title={t('audit.streams.create')}
      description={t('audit.streams.create.text')}
      call={call}
      action={t('audit.streams.create.action')}
      touched={TOUCHED}
      told={() => Object.keys(errors).length > 0}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('audit.streams.created', { name: body.name }));
        if (outcome.status === 'done') onMade(outcome.output);
      }}
    >
      <Field label={t('audit.streams.name')} error={errors['name']}>
        {(control) => <Input {...control} value={name} onChange={({ target }) => set({ name: target.value })} />}
      </Field>
      <Field label={t('audit.streams.kind')}>
        {(control) => (
          <Select {...control} value={draft.kind} onChange={(kind) => set({ kind })} choices={KINDS.map((value) => ({ value, label: t(`audit.streams.kind.${value}`) }))} />
        )}
      </Field>
      <Field label={t('audit.streams.address')} help={t(`audit.streams.address.${draft.kind}`)} error={errors['address']}>
        {(control) => <Input {...control} className="font-mono" value={address} onChange={({ target }) => set({ address: target.value })} />}
      </Field>
      {draft.kind === 'syslog' && (
        <Field label={t('audit.streams.ca')} help={t('audit.streams.ca.help')} error={errors['ca']}>
          {(control) => <Textarea {...control} className="font-mono" rows={3} value={ca} onChange={({ target }) => set({ ca: target.value })} />}
        </Field>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('audit.streams.entries')}>
          {(control) => (
            <Select {...control} value={draft.entries} onChange={(entries) => set({ entries })} choices={ENTRIES.map((value) => ({ value, label: t(`audit.streams.entries.${value}`) }))} />
          )}
        </Field>
        <Field label={t('audit.streams.from')}>
          {(control) => <Select {...control} value={draft.from} onChange={(from) => set({ from })} choices={FROM.map((value) => ({ value, label: t(`audit.streams.from.${value}`) }))} />}
        </Field>
      </div>
    </ReviewDialog>
  );
} // prettier-ignore

/** The signing secret, shown this once. Nothing but its own button closes it. */
export const StreamSecret = ({ stream, onClose }: { stream: FreshStream; onClose: () => void }) => (
  <Dialog
    open
    onOpenChange={() => undefined}
    title={t('webhooks.secret.of', { name: stream.name })}
    footer={
      <Button variant="primary" onClick={onClose}>
        {t('webhooks.secret.done')}
      </Button>
    }
  >
    <div className="flex flex-col gap-3">
      <p>{t('webhooks.secret.once')}</p>
      <CodeBlock wrap label={t('webhooks.secret')} code={stream.secret ?? ''} />
    </div>
  </Dialog>
);

interface ActProps {
  stream: AuditStream;
  onClose: () => void;
}

/** Sends one message now, and says whether it arrived. */
export function TestStream({ stream, onClose }: ActProps) {
  const test = useMutation({
    mutationFn: () => request<{ ok: boolean; ms: number; error: string | null }>('POST', `/audit/streams/${stream.id}/test`, { body: {} }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('audit.streams.of', { act: t('audit.streams.test'), name: stream.name })}
      description={t('audit.streams.test.text')}
      footer={
        <Button variant="primary" busy={test.isPending} onClick={() => test.mutate()}>
          {t('audit.streams.test.action')}
        </Button>
      }
    >
      {test.error !== null && <ProblemView error={test.error} retry={() => test.mutate()} />}
      <p role="status" className={test.data?.ok === false ? 'break-words text-bad' : undefined}>
        {test.data && (test.data.ok ? t('audit.streams.test.ok', { ms: test.data.ms }) : test.data.error)}
      </p>
    </Dialog>
  );
}

/** Another secret for the messages of a webhook: where somebody had to agree to the stream, nobody was shown the first. */
export function RotateSecret({ stream, onClose, onMade }: ActProps & { onMade: (made: FreshStream) => void }) {
  const tell = useTell();
  return (
    <ReviewDialog<FreshStream>
      title={t('audit.streams.of', { act: t('audit.streams.rotate'), name: stream.name })}
      description={t('audit.streams.rotate.text')}
      call={{ method: 'POST', path: `/audit/streams/${stream.id}/rotate-secret`, body: {} }}
      action={t('audit.streams.rotate')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('audit.streams.rotate.done', { name: stream.name }));
        if (outcome.status === 'done') onMade(outcome.output);
      }}
    />
  );
}

export function PauseStream({ stream, onClose }: ActProps) {
  const tell = useTell();
  const act = stream.state === 'paused' ? 'resume' : 'pause';
  return (
    <ReviewDialog
      title={t('audit.streams.of', { act: t(`audit.streams.${act}`), name: stream.name })}
      description={t(`audit.streams.${act}.text`)}
      call={{
        method: 'PATCH',
        path: `/audit/streams/${stream.id}`,
        body: { state: act === 'pause' ? 'paused' : 'active' },
        ifMatch: stream.version,
      }}
      action={t(`audit.streams.${act}`)}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`audit.streams.${act}.done`, { name: stream.name }))}
    />
  );
}

export function DeleteStream({ stream, onClose }: ActProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      danger
      title={t('audit.streams.of', { act: t('audit.streams.delete'), name: stream.name })}
      description={t('audit.streams.delete.text')}
      call={{ method: 'DELETE', path: `/audit/streams/${stream.id}` }}
      action={t('audit.streams.delete')}
      typed={stream.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('audit.streams.deleted', { name: stream.name }))}
    />
  );
}
