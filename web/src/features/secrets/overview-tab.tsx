import { LabelsView } from '#features/clouds/labels-view.tsx';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { Time } from '#ui/time.tsx';
import { useTeams } from './api.ts';
import { Place } from './look.tsx';
import { References } from './references.tsx';
import type { SecretDetail } from './types.ts';

/** What is known of a secret, and what uses it. */
export function OverviewTab({ secret }: { secret: SecretDetail }) {
  const teams = useTeams();
  const reference = `secret://${secret.name}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={t('secrets.about')}>
        <KeyValues
          rows={[
            [
              t('secrets.reference'),
              <span key="reference" className="flex min-w-0 items-center gap-1">
                <code className="text-xs [overflow-wrap:anywhere]">{reference}</code>
                <CopyButton text={reference} label={t('secrets.reference.copy')} />
              </span>,
            ],
            [t('secrets.place'), <Place key="place" of={secret} />],
            [t('secrets.type'), t(`secrets.type.${secret.type}`)],
            [t('secrets.service'), secret.service],
            [t('secrets.tags'), Object.keys(secret.tags).length > 0 ? <LabelsView key="tags" labels={secret.tags} /> : null],
            [t('secrets.team'), secret.ownerTeam && (teams.find(({ slug }) => slug === secret.ownerTeam)?.name ?? secret.ownerTeam)],
            [t('secrets.rotatedAt'), <Time key="rotated" at={secret.rotatedAt} />],
            [t('secrets.rotateEvery'), secret.rotateEvery === null ? null : t('secrets.days', { count: secret.rotateEvery })],
            [t('secrets.rotateDue'), secret.rotateDueAt && <Time key="due" at={secret.rotateDueAt} />],
            [t('secrets.expires'), secret.expiresAt && <Time key="expires" at={secret.expiresAt} />],
            [t('secrets.maxInFlight'), secret.maxInFlight === null ? null : String(secret.maxInFlight)],
            [t('secrets.used'), secret.lastAccessedAt ? <Time key="used" at={secret.lastAccessedAt} /> : t('time.never')],
            [t('secrets.made'), <span key="made">{secret.createdBy.name}, <Time at={secret.createdAt} /></span>],
            [t('secrets.purge'), secret.purgeAfter && <Time key="purge" at={secret.purgeAfter} />],
          ]}
        />
      </Card>
      <Card title={t('secrets.references')}>
        {secret.references.length > 0 ? (
          <References references={secret.references} />
        ) : (
          <p className="text-ink-2">{t('secrets.references.none', { reference })}</p>
        )}
      </Card>
    </div>
  );
} // prettier-ignore
