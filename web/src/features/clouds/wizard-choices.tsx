import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, Cloud } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { words } from '#lib/formats.ts';
import { t, type MessageKey } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { stateText } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { connectionsQuery, sellsServers } from './api.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { SizeList } from './size-list.tsx';
import type { Catalog, Image } from './types.ts';
import { imagesIn, misfit, sizesIn, type Draft } from './wizard.ts';

export interface StepProps {
  draft: Draft;
  set: (patch: Partial<Draft>) => void;
  /** Shown only after a try to go on. */
  faults: Partial<Record<keyof Draft, MessageKey>>;
}

export const Fault = ({ of }: { of: MessageKey | undefined }) =>
  of ? (
    <p role="alert" className="mt-2 flex items-center gap-1.5 text-xs text-bad">
      <CircleAlert aria-hidden className="size-3.5" />
      {t(of)}
    </p>
  ) : null;

/** Which cloud, and where in it. */
export function PlaceStep({ draft, set, faults, catalog }: StepProps & { catalog: UseQueryResult<Catalog> }) {
  const connections = useQuery(connectionsQuery);
  const offered = connections.data?.filter(sellsServers);
  const only = offered?.length === 1 && offered[0]!.status === 'active' ? offered[0]!.id : null;
  useEffect(() => {
    if (only && !draft.connectionId) set({ connectionId: only });
  });
  if (connections.error) return <ProblemView error={connections.error} retry={() => void connections.refetch()} />;
  if (!offered) return <SkeletonText lines={6} />;
  if (offered.length === 0)
    return (
      <Card>
        <EmptyState
          icon={Cloud}
          title={t('newServer.noClouds.title')}
          action={
            <Button asChild variant="primary">
              <Link to="/settings/cloud-providers">{t('newServer.noClouds.action')}</Link>
            </Button>
          }
        >
          {t('newServer.noClouds.text')}
        </EmptyState>
      </Card>
    );
  return (
    <>
      <Card title={t('newServer.connection')}>
        <ChoiceCards
          label={t('newServer.connection')}
          value={draft.connectionId}
          onChange={(connectionId) => set({ connectionId })}
          choices={offered.map(({ id, name, kind, status, environment }) => ({
            value: id,
            title: name,
            help: status === 'active' ? [t(`kind.${kind}`), environment].filter(Boolean).join(' · ') : stateText(status),
            disabled: status === 'paused' || status === 'auth_failed',
          }))}
        />
        <Fault of={faults.connectionId} />
      </Card>
      {draft.connectionId && (
        <Card title={t('newServer.region')}>
          {catalog.error ? (
            <ProblemView error={catalog.error} retry={() => void catalog.refetch()} />
          ) : catalog.data ? (
            <ChoiceCards
              label={t('newServer.region')}
              value={draft.region}
              onChange={(region) => set({ region })}
              choices={catalog.data.regions.map(({ id, name, country }) => ({
                value: id,
                title: name,
                help: id,
                mark: <Tile>{country}</Tile>,
              }))}
            />
          ) : (
            <SkeletonText lines={3} />
          )}
          <Fault of={faults.region} />
        </Card>
      )}
    </>
  );
}

/** Two letters that the eye finds again; the name stands beside. */
const Tile = ({ children }: { children: string }) => (
  <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-md bg-quiet-wash text-xs font-semibold text-ink-2">
    {children}
  </span>
);
const Ends = ({ at }: { at: string | null }) =>
  at && (
    <Badge tone="warn">
      {t('size.ends')} <Time at={at} />
    </Badge>
  );
/** `debian-13-arm` as "13": what name and architecture do not say already. */
const versionOf = ({ id, os, architecture }: Image): string =>
  id
    .split('-')
    .filter((part) => part !== os && part !== architecture)
    .join(' ');

/** Which operating system. */
export function ImageStep({ draft, set, faults, catalog, now }: StepProps & { catalog: Catalog; now: number }) {
  const images = imagesIn(catalog, now);
  return (
    <Card title={t('servers.column.image')}>
      <ChoiceCards
        label={t('servers.column.image')}
        value={draft.image}
        onChange={(image) => set({ image })}
        choices={images.map((image) => ({
          value: image.id,
          title: `${words(image.os)} ${versionOf(image)}`,
          help: (
            <>
              {image.architecture} <Ends at={image.endsAt} />
            </>
          ),
          mark: <Tile>{image.os.slice(0, 2).toUpperCase()}</Tile>,
        }))}
      />
      <Fault of={faults.image} />
    </Card>
  );
}

const Choice = ({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-pressed={on}
    onClick={onClick}
    className={cx('h-7 rounded-md px-2.5 text-xs pointer-coarse:h-9', on ? 'bg-press font-medium text-ink' : 'text-ink-2 hover:bg-hover')}
  >
    {children}
  </button>
);

/** How large, with what it costs. Sizes that cannot carry the image say why. */
export function SizeStep({ draft, set, faults, catalog, now }: StepProps & { catalog: Catalog; now: number }) {
  const image = catalog.images.find(({ id }) => id === draft.image);
  const sizes = sizesIn(catalog, draft.region, now);
  const kinds = [...new Set(sizes.map(({ architecture }) => architecture))];
  const [kind, setKind] = useState(image?.architecture ?? kinds[0] ?? '');
  return (
    <Card
      flush
      title={t('servers.column.size')}
      aside={
        kinds.length > 1 && (
          <span role="group" aria-label={t('size.architecture')} className="flex gap-0.5">
            {kinds.map((each) => (
              <Choice key={each} on={each === kind} onClick={() => setKind(each)}>
                {each}
              </Choice>
            ))}
          </span>
        )
      }
    >
      <div className="p-3">
        <SizeList
          label={t('servers.column.size')}
          sizes={sizes.filter(({ architecture }) => architecture === kind)}
          value={draft.size}
          onChange={(size) => set({ size })}
          blocked={(size) => {
            const why = misfit(size, image);
            return why && t(`newServer.misfit.${why}`, { image: draft.image });
          }}
        />
        <Fault of={faults.size} />
      </div>
    </Card>
  );
}
