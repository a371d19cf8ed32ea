import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { openOperation } from '#features/operations/open.ts';
import { urlOf } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { PermissionGate } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import { kindsQuery, runsQuery, SCHEDULES, schedulesQuery } from './api.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import type { Run, Schedule } from './types.ts';
import { whenOf } from './when.ts';

const TONES = { running: 'accent', done: 'good', failed: 'bad' } as const;

const RunLine = ({ run }: { run: Run }) => (
  <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
    <Badge tone={TONES[run.state]}>{t(`compliance.run.${run.state}`)}</Badge>
    <Time at={run.dueAt} />
    {run.state === 'done' && <span>{t('compliance.run.told', { count: run.told })}</span>}
    {run.state === 'done' && run.reportId && (
      <a className="text-accent hover:underline" href={urlOf(`/reports/${run.reportId}/file`)} download>
        {t('audit.export.fetch')}
      </a>
    )}
    {run.problem && <span role="alert" className="text-bad [overflow-wrap:anywhere]">{run.problem}</span>}
  </p>
); // prettier-ignore

function History({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { data: runs, error, refetch } = useQuery(runsQuery(schedule.id));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('compliance.schedule.history.of', { name: schedule.name })} footer={<Button onClick={onClose}>{t('action.close')}</Button>}>
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !runs ? (
        <SkeletonText lines={4} />
      ) : runs.length === 0 ? (
        <p className="text-ink-2">{t('compliance.schedule.history.none')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {runs.map((run) => (
            <li key={run.id}>
              <RunLine run={run} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
} // prettier-ignore

type Open = { what: 'edit' | 'history'; schedule: Schedule };
const remove = ({ id }: Schedule): void =>
  openOperation({ name: 'reportSchedules.delete', input: { id }, onSettled: () => void queryClient.invalidateQueries({ queryKey: [SCHEDULES] }) });

function Line({ schedule, title, onOpen }: { schedule: Schedule; title: string; onOpen: (open: Open) => void }) {
  const { name, enabled, nextAt, recipients, last, cron, zone, format, covers } = schedule;
  const { every, time } = whenOf(cron);
  const when = every === 'other' ? cron : `${t(`compliance.schedule.every.${every}`)}, ${time}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-[1_1_18rem] flex-col gap-1">
        <p className="font-medium">
          {name} <span className="font-normal text-ink-2">{title} · {format.toUpperCase()} · {t(`compliance.schedule.covers.${covers}`)}</span>
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          {!enabled && <Badge tone="quiet">{t('compliance.schedule.off')}</Badge>}
          <span>{when} ({zone})</span>
          {nextAt && <span>{t('compliance.schedule.next')} <Time at={nextAt} /></span>}
          <span>{recipients.length === 0 ? t('compliance.schedule.nobody') : recipients.map((one) => one.name).join(', ')}</span>
          <span>{t('compliance.schedule.owner', { name: schedule.owner.name })}</span>
        </p>
        {last && <RunLine run={last} />}
      </div>
      <Button size="sm" variant="ghost" aria-label={t('compliance.schedule.history.of', { name })} onClick={() => onOpen({ what: 'history', schedule })}>{t('compliance.schedule.history')}</Button>
      <PermissionGate permission="reports:schedule">
        {(blocked) => (
          <>
            <Button size="sm" blocked={blocked} aria-label={t('compliance.schedule.of', { name })} onClick={() => onOpen({ what: 'edit', schedule })}>{t('compliance.schedule.edit')}</Button>
            <Button size="sm" variant="danger-quiet" blocked={blocked} aria-label={t('compliance.schedule.delete.of', { name })} onClick={() => remove(schedule)}>{t('compliance.schedule.delete')}</Button>
          </>
        )}
      </PermissionGate>
    </li>
  );
} // prettier-ignore

/** Reports that are made by the clock: when, for whom, and how it went. */
export function Schedules() {
  const { data: schedules, error, refetch } = useQuery(schedulesQuery);
  const { data: kinds = [] } = useQuery(kindsQuery);
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const titleOf = (key: string): string => kinds.find((kind) => kind.key === key)?.title ?? key;
  return (
    <Card
      flush
      title={t('compliance.schedules')}
      aside={
        <PermissionGate permission="reports:schedule">
          {(blocked) => (
            <Button size="sm" blocked={blocked} icon={<Plus aria-hidden className="size-3.5" />} onClick={() => setMaking(true)}>
              {t('compliance.schedule.new')}
            </Button>
          )}
        </PermissionGate>
      }
    >
      {error ? (
        <div className="p-4">
          <ProblemView error={error} retry={() => void refetch()} />
        </div>
      ) : !schedules ? (
        <div className="p-4">
          <SkeletonText lines={3} />
        </div>
      ) : schedules.length === 0 ? (
        <p className="flex items-center justify-center gap-2 px-4 py-6 text-center text-ink-2">
          <CalendarClock aria-hidden className="size-4 shrink-0" />
          {t('compliance.schedule.none')}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {schedules.map((schedule) => (
            <Line key={schedule.id} schedule={schedule} title={titleOf(schedule.kind)} onOpen={setOpen} />
          ))}
        </ul>
      )}
      {making && <ScheduleDialog onClose={() => setMaking(false)} />}
      {open?.what === 'edit' && <ScheduleDialog schedule={open.schedule} onClose={() => setOpen(null)} />}
      {open?.what === 'history' && <History schedule={open.schedule} onClose={() => setOpen(null)} />}
    </Card>
  );
}
