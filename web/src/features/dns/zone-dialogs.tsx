import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { labelsText, parseLabels } from '#features/clouds/labels.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { duration } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { TOUCHED } from './api.ts';
import { ExportDialog } from './export-dialog.tsx';
import type { ZoneSearch } from './filters.ts';
import { ImportDialog } from './import-dialog.tsx';
import type { Zone } from './types.ts';

interface DialogProps {
  zone: Zone;
  onClose: () => void;
}

interface Fields {
  seconds: number;
  environment: string;
  labels: string;
  guarded: boolean;
}
/** Only what differs from the zone as it is; null when nothing does. */
function changes(zone: Zone, { seconds, environment, labels, guarded }: Fields): object | null {
  const body = {
    ...(seconds === zone.defaultTtl ? {} : { defaultTtl: seconds }),
    ...(environment === (zone.environment ?? '') ? {} : { environment: environment || null }),
    ...(labels.trim() === labelsText(zone.labels) ? {} : { labels: parseLabels(labels).labels }),
    ...(guarded === zone.protection.delete ? {} : { protection: { delete: guarded } }),
  };
  return Object.keys(body).length > 0 ? body : null;
}

/** Default TTL, environment, labels, protection: what is ours and not sent to the name server. */
function SettingsDialog({ zone, onClose }: DialogProps) {
  const tell = useTell();
  const [ttl, setTtl] = useState(String(zone.defaultTtl));
  const [environment, setEnvironment] = useState(zone.environment ?? '');
  const [labels, setLabels] = useState(labelsText(zone.labels));
  const [guarded, setGuarded] = useState(zone.protection.delete);
  const seconds = Number(ttl);
  const parsed = parseLabels(labels);
  const badTtl = !Number.isInteger(seconds) || seconds < 0 || ttl.trim() === '';
  const body = changes(zone, { seconds, environment, labels, guarded });
  const wanted = body && !badTtl && parsed.fault === null ? body : null;
  return (
    <ReviewDialog<Zone>
      title={t('zone.settings.title', { zone: zone.unicodeName })}
      description={t('zone.settings.lead')}
      call={wanted && { method: 'PATCH', path: `/dns/zones/${zone.id}`, body: wanted, ifMatch: zone.version }}
      action={t('action.save')}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('zone.settings.done', { zone: zone.unicodeName }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('zones.defaultTtl')} help={badTtl ? undefined : duration(seconds)} error={badTtl ? t('record.ttl.bad') : undefined}>
          {(control) => <Input {...control} inputMode="numeric" value={ttl} onChange={(event) => setTtl(event.target.value)} />}
        </Field>
        <Field label={t('servers.column.environment')} help={t('newServer.environment.help')} required={false}>
          {(control) => (
            <Input {...control} maxLength={31} spellCheck={false} value={environment} onChange={(event) => setEnvironment(event.target.value)} />
          )}
        </Field>
        <Field label={t('servers.column.labels')} help={t('newServer.labels.help')} error={parsed.fault ?? undefined} required={false}>
          {(control) => <Input {...control} mono spellCheck={false} value={labels} onChange={(event) => setLabels(event.target.value)} />}
        </Field>
        <Field label={t('server.act.protect')} help={t('newServer.protection.help')} inline>
          {(control) => <Checkbox {...control} checked={guarded} onCheckedChange={(on) => setGuarded(on === true)} />}
        </Field>
      </div>
      {!wanted && <p className="text-ink-3">{t('server.ask.update.begin')}</p>}
    </ReviewDialog>
  );
}

/** What an act on a zone asks. */
export function ZoneDialog({ ask, zone, onClose }: DialogProps & { ask: NonNullable<ZoneSearch['ask']> }) {
  const tell = useTell();
  const navigate = useNavigate();
  if (ask === 'import') return <ImportDialog zone={zone} onClose={onClose} />;
  if (ask === 'export') return <ExportDialog zone={zone} onClose={onClose} />;
  if (ask === 'settings') return <SettingsDialog zone={zone} onClose={onClose} />;
  return (
    <ReviewDialog
      title={t('zone.delete.title', { zone: zone.unicodeName })}
      description={t('zone.delete.lead')}
      call={{ method: 'DELETE', path: `/dns/zones/${zone.id}`, ifMatch: zone.version }}
      action={t('zone.delete')}
      danger
      typed={zone.name}
      touched={TOUCHED}
      onClose={onClose}
      onOutcome={(outcome) => {
        tell(outcome, t('zone.delete.done', { zone: zone.unicodeName }));
        if (outcome.status === 'accepted') void navigate({ to: '/changes/$id', params: { id: outcome.change.number } });
      }}
    />
  );
}
