import { Link } from '@tanstack/react-router';
import { LabelsView } from '#features/clouds/labels-view.tsx';
import { labelsText } from '#features/clouds/labels.ts';
import { t } from '#lib/i18n.ts';
import type { Column } from '#ui/data-table/index.ts';
import { Time } from '#ui/time.tsx';
import { Due, Place, SecretState } from './look.tsx';
import type { Secret } from './types.ts';

const Name = ({ secret }: { secret: Secret }) => (
  <span className="min-w-0">
    <Link to="/settings/secrets/$id" params={{ id: secret.id }} className="font-mono text-sm font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline">
      {secret.name}
    </Link>
    {secret.description && <span className="line-clamp-1 text-xs text-ink-2">{secret.description}</span>}
  </span>
); // prettier-ignore
const Used = ({ secret: { lastAccessedAt } }: { secret: Secret }) =>
  lastAccessedAt ? <Time at={lastAccessedAt} /> : <span className="text-ink-3">{t('time.never')}</span>;

const place = ({ project, environment }: Secret): string => [project ?? t('secrets.workspace'), environment].filter(Boolean).join(' / ');

/** Columns of the list; of deleted ones, when they are gone for good instead of when they end. */
export const secretColumns = (deleted: boolean): Column<Secret>[] => [
  { id: 'name', header: t('secrets.name'), width: '22rem', fixed: true, cell: (secret) => <Name secret={secret} />, csv: ({ name }) => name },
  { id: 'place', header: t('secrets.place'), width: '12rem', cell: (secret) => <Place of={secret} />, csv: place },
  { id: 'type', header: t('secrets.type'), width: '7rem', hideBelow: 'md', cell: ({ type }) => <span className="text-ink-2">{t(`secrets.type.${type}`)}</span>, csv: ({ type }) => type },
  { id: 'state', header: t('secrets.state'), width: '8.5rem', cell: ({ state }) => <SecretState value={state} />, csv: ({ state }) => state },
  deleted
    ? { id: 'purge', header: t('secrets.purge'), width: '9rem', cell: ({ purgeAfter }) => purgeAfter && <Time at={purgeAfter} />, csv: ({ purgeAfter }) => purgeAfter }
    : { id: 'due', header: t('secrets.due'), width: '9rem', hideBelow: 'sm', cell: (secret) => <Due of={secret} />, csv: ({ expiresAt, rotateDueAt }) => expiresAt ?? rotateDueAt },
  { id: 'tags', header: t('secrets.tags'), hideBelow: 'xl', cell: ({ tags }) => <LabelsView labels={tags} most={2} />, csv: ({ tags }) => labelsText(tags) },
  { id: 'team', header: t('secrets.team'), width: '8rem', hideBelow: 'lg', cell: ({ ownerTeam }) => ownerTeam ?? <span className="text-ink-3">{t('value.none')}</span>, csv: ({ ownerTeam }) => ownerTeam },
  { id: 'used', header: t('secrets.used'), width: '8rem', hideBelow: 'lg', cell: (secret) => <Used secret={secret} />, csv: ({ lastAccessedAt }) => lastAccessedAt },
  { id: 'version', header: t('secrets.version'), width: '5.5rem', align: 'end', optional: true, cell: ({ currentVersion }) => currentVersion, csv: ({ currentVersion }) => currentVersion },
  { id: 'service', header: t('secrets.service'), width: '9rem', optional: true, cell: ({ service }) => service, csv: ({ service }) => service },
]; // prettier-ignore

/** One secret on a narrow screen. */
export const secretCompact = (secret: Secret) => (
  <span className="flex flex-col gap-1.5 py-1">
    <span className="flex items-start justify-between gap-2">
      <Name secret={secret} />
      {secret.state !== 'active' && <SecretState value={secret.state} />}
    </span>
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Place of={secret} />
      <span>{t(`secrets.type.${secret.type}`)}</span>
      {(secret.expiresAt ?? secret.rotateDueAt) && <Due of={secret} />}
    </span>
  </span>
);
