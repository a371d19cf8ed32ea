import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { TOUCHED, useDnsConnections } from './api.ts';
import type { Zone } from './types.ts';

const TTL = 3600;

/** A zone: its name, where it is served, and the plan of it. */
export function CreateZoneDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const tell = useTell();
  const connections = useDnsConnections();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [environment, setEnvironment] = useState('');
  const [ttl, setTtl] = useState(String(TTL));
  const connectionId = chosen ?? connections[0]?.id;
  const seconds = Number(ttl);
  const valid = /^[^\s.]+(\.[^\s.]+)*\.?$/.test(name.trim()) && connectionId !== undefined && Number.isInteger(seconds) && seconds >= 0;
  const call: Call | null = valid
    ? {
        method: 'POST',
        path: '/dns/zones',
        body: { name: name.trim(), connectionId, defaultTtl: seconds, ...(environment.trim() ? { environment: environment.trim() } : {}) },
      }
    : null;
  return (
    <ReviewDialog<Zone>
      title={t('zones.create')}
      description={t('zones.create.lead')}
      call={call}
      action={t('zones.create')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('zones.did.create', { name: name.trim() }));
        if (outcome.status === 'done') void navigate({ to: '/infrastructure/dns/$id', params: { id: outcome.output.id } });
        else void navigate({ to: '/changes/$id', params: { id: outcome.change.number } });
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('zones.column.name')} help={t('zones.name.help')} required>
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="example.net"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('zones.column.connection')} help={connections.length === 0 ? t('zones.noConnection') : undefined} required>
          {(control) => (
            <Select
              {...control}
              value={connectionId}
              onChange={setChosen}
              placeholder={t('form.choose')}
              choices={connections.map(({ id, name: label, kind }) => ({ value: id, label, help: t(`kind.${kind}`) }))}
            />
          )}
        </Field>
        <Field label={t('servers.column.environment')} help={t('newServer.environment.help')} required={false}>
          {(control) => (
            <Input {...control} maxLength={31} spellCheck={false} value={environment} onChange={(event) => setEnvironment(event.target.value)} />
          )}
        </Field>
        <Field label={t('zones.defaultTtl')} help={Number.isFinite(seconds) && seconds > 0 ? duration(seconds) : undefined}>
          {(control) => <Input {...control} inputMode="numeric" value={ttl} onChange={(event) => setTtl(event.target.value)} />}
        </Field>
      </div>
      {!call && <p className="text-ink-3">{t('zones.create.begin')}</p>}
    </ReviewDialog>
  );
}
