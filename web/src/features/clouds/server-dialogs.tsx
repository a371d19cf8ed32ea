import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { callOf } from './actions.ts';
import { labelsText, parseLabels } from './labels.ts';
import { ResizeDialog } from './resize-dialog.tsx';
import type { Server, ServerAction } from './types.ts';

export interface ServerDialogProps {
  server: Server;
  onClose: () => void;
}
const TOUCHED = ['/servers'];

interface Fields {
  name: string;
  environment: string;
  labels: string;
  description: string;
}
/** Only what differs from the server as it is; null when nothing does. */
function changes(server: Server, { name, environment, labels, description }: Fields): object | null {
  const body = {
    ...(name === server.name ? {} : { name }),
    ...(environment === (server.environment ?? '') ? {} : { environment: environment || null }),
    ...(labels.trim() === labelsText(server.labels) ? {} : { labels: parseLabels(labels).labels }),
    ...(description === (server.description ?? '') ? {} : { description: description.trim() || null }),
  };
  return Object.keys(body).length > 0 ? body : null;
}

/** Name, environment, labels, description: first what, then the plan of it. */
function UpdateDialog({ server, onClose }: ServerDialogProps) {
  const tell = useTell();
  const [name, setName] = useState(server.name);
  const [environment, setEnvironment] = useState(server.environment ?? '');
  const [labels, setLabels] = useState(labelsText(server.labels));
  const [description, setDescription] = useState(server.description ?? '');
  const parsed = parseLabels(labels);
  const body = changes(server, { name, environment, labels, description });
  const wanted = body && parsed.fault === null && name !== '' ? body : null;
  return (
    <ReviewDialog<Server>
      title={t('server.ask.update', { name: server.name })}
      description={t('server.ask.update.text')}
      call={wanted && { method: 'PATCH', path: `/servers/${server.id}`, body: wanted, ifMatch: server.version }}
      action={t('action.save')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('server.did.update', { name: server.name }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('servers.column.name')} required>
          {(control) => <Input {...control} mono spellCheck={false} maxLength={63} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('servers.column.environment')} help={t('newServer.environment.help')} required={false}>
          {(control) => (
            <Input {...control} maxLength={31} spellCheck={false} value={environment} onChange={(event) => setEnvironment(event.target.value)} />
          )}
        </Field>
        <Field label={t('servers.column.labels')} help={t('newServer.labels.help')} error={parsed.fault ?? undefined} required={false}>
          {(control) => <Input {...control} mono spellCheck={false} value={labels} onChange={(event) => setLabels(event.target.value)} />}
        </Field>
        <Field label={t('newServer.description')} required={false}>
          {(control) => (
            <Textarea {...control} rows={1} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />
          )}
        </Field>
      </div>
      {!wanted && <p className="text-ink-3">{t('server.ask.update.begin')}</p>}
    </ReviewDialog>
  );
}

/** The question that an action asks: its plan, and what must be chosen or typed. */
export function ServerDialog({ action, server, onClose }: ServerDialogProps & { action: ServerAction }) {
  const tell = useTell();
  if (action === 'resize') return <ResizeDialog server={server} onClose={onClose} />;
  if (action === 'update') return <UpdateDialog server={server} onClose={onClose} />;
  return (
    <ReviewDialog<Server>
      title={t(`server.ask.${action}`, { name: server.name })}
      {...(action === 'delete' ? { description: t('server.ask.delete.text') } : {})}
      call={callOf(action, server)}
      action={t(`server.act.${action}`)}
      danger={action === 'delete'}
      {...(action === 'delete' ? { typed: server.name } : {})}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t(`server.did.${action}`, { name: server.name }))}
    />
  );
}
