import { Archive, CircleCheck, CircleDashed, CircleX, FlaskConical, History, Plus, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { usePages, type Rows } from '#lib/pages.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { BACKUPS, useAct } from './act.ts';
import type { Backup, Controller } from './types.ts';

const icon = (Icon: typeof Plus) => <Icon aria-hidden className="size-3.5" />;
const LOOKS = { passed: ['good', CircleCheck], failed: ['bad', CircleX], none: ['quiet', CircleDashed] } as const;
const size = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} kB`;

function Drilled({ drill }: Pick<Backup, 'drill'>) {
  const [tone, Icon] = LOOKS[drill ?? 'none'];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`zerotier.drill.${drill ?? 'none'}`)}
    </Badge>
  );
}

function Acts({ backup: { id, createdAt } }: { backup: Backup }) {
  const act = useAct();
  const [mayDrill, mayRestore] = [useBlocked('exchange:manage'), useBlocked('exchange:restore')];
  const when = absoluteTime(createdAt);
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="sm" variant="ghost" blocked={mayDrill} icon={icon(FlaskConical)} aria-label={t('zerotier.backup.drill.of', { when })} onClick={() => act('backups.drill', { id })}>
        {t('zerotier.backup.drill')}
      </Button>
      <Button size="sm" variant="danger-quiet" blocked={mayRestore} icon={icon(History)} aria-label={t('zerotier.backup.restore.of', { when })} onClick={() => act('backups.restore', { id })}>
        {t('zerotier.backup.restore')}
      </Button>
    </span>
  );
} // prettier-ignore

const Row = ({ backup }: { backup: Backup }) => {
  const { status, createdAt, cause, networks, members, bytes, detail, drill, drillDetail } = backup;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2">
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Time at={createdAt} />
        <State value={status} of="resource" />
        <span className="text-ink-2">{t(`zerotier.backup.${cause}`)}</span>
        {status !== 'failed' && (
          <span className="text-ink-2">
            {t('zerotier.backup.holds', { networks: String(networks), members: String(members), size: size(bytes) })}
          </span>
        )}
        {status === 'complete' && <Drilled drill={drill} />}
      </span>
      {status === 'complete' && <Acts backup={backup} />}
      {(detail ?? drillDetail) && <p className="min-w-0 basis-full text-ink-2 [overflow-wrap:anywhere]">{detail ?? drillDetail}</p>}
    </li>
  );
};

function List({ pages, create }: { pages: Rows<Backup>; create: ReactNode }) {
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = pages;
  if (error) return <ProblemView error={error} retry={retry} />;
  if (loading)
    return (
      <div className="p-4">
        <SkeletonText lines={3} />
      </div>
    );
  if (rows.length === 0)
    return (
      <EmptyState icon={Archive} title={t('zerotier.backups.none')} action={create}>
        {t('zerotier.backups.none.text')}
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y divide-line">
        {rows.map((backup) => (
          <Row key={backup.id} backup={backup} />
        ))}
      </ul>
      {hasMore && (
        <div className="p-4">
          <Button size="sm" busy={loadingMore} onClick={loadMore}>
            {t('zerotier.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What was backed up of a controller, whether it would serve, and the way back to it. */
export function BackupsCard({ controller }: { controller: Controller }) {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  const { id, backupKeep, backupDaily } = controller;
  const pages = usePages<Backup>(BACKUPS, { controllerId: id });
  const create = (
    <Button size="sm" blocked={blocked} icon={icon(Plus)} onClick={() => act('backups.create', { controllerId: id })}>
      {t('zerotier.backup.now')}
    </Button>
  );
  return (
    <Card flush title={t('zerotier.backups')} aside={pages.rows.length > 0 && create}>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-ink-2">
        <span>{t('zerotier.backups.kept', { count: String(backupKeep) })}</span>
        <span>{t(backupDaily ? 'zerotier.backups.daily' : 'zerotier.backups.notDaily')}</span>
        <Button size="sm" variant="ghost" blocked={blocked} icon={icon(SlidersHorizontal)} onClick={() => act('controllers.update', { id, backupKeep, backupDaily })}>
          {t('zerotier.backup.change')}
        </Button>
      </p>
      <List pages={pages} create={create} />
    </Card>
  );
} // prettier-ignore
