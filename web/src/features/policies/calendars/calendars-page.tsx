import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarDays, ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { everything } from '#features/access/api.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { compact, type Loose } from '#lib/search.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { PermissionGate, useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Trail } from '../trail.tsx';
import type { CalendarSearch } from '../search.ts';
import { CalendarDialog } from './calendar-dialog.tsx';
import { CalendarList, EntryList } from './lists.tsx';
import { CALENDAR_LISTS, EntryDialog } from './entry-dialog.tsx';
import { MonthGrid, monthName } from './month-grid.tsx';
import { addMonths, monthOf, spanOf, todayIn, type Day } from './month.ts';
import type { FreezeCalendar, FreezeEntry, Open } from './types.ts';
import { ownZone } from './zone.ts';

const ALL = 'all';

interface DialogsProps {
  open: Open | null;
  calendars: readonly FreezeCalendar[];
  chosen: FreezeCalendar | undefined;
  onClose: () => void;
}
function Dialogs({ open, calendars, chosen, onClose }: DialogsProps) {
  const tell = useTell();
  if (open === null) return null;
  if (open.act === 'calendar') return <CalendarDialog calendar={open.calendar} onClose={onClose} />;
  if (open.act === 'add' || open.act === 'edit') {
    const entry = open.act === 'edit' ? open.entry : null;
    const calendar = calendars.find(({ id }) => id === entry?.calendarId) ?? chosen ?? calendars[0];
    return calendar ? <EntryDialog {...{ calendars, calendar, entry, onClose }} day={open.act === 'add' ? open.day : ''} /> : null;
  }
  const [title, path, done] =
    open.act === 'remove'
      ? [t('calendars.delete.of', { name: open.calendar.name }), `/calendars/${open.calendar.id}`, t('calendars.deleted')]
      : [t('calendars.entry.delete.of', { title: open.entry.title }), `/calendars/entries/${open.entry.id}`, t('calendars.entry.deleted')];
  return (
    <ReviewDialog
      title={title}
      call={{ method: 'DELETE', path }}
      action={t('calendars.delete')}
      danger
      touched={CALENDAR_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, done)}
    />
  );
}

function MonthBar({ month, onMonth, today }: { month: string; onMonth: (month: string) => void; today: Day }) {
  return (
    <span className="flex items-center gap-1">
      <Button size="icon-sm" variant="ghost" aria-label={t('calendars.before')} onClick={() => onMonth(addMonths(month, -1))}>
        <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
      </Button>
      <span aria-live="polite" className="min-w-32 text-center text-sm font-semibold text-ink">
        {monthName(month)}
      </span>
      <Button size="icon-sm" variant="ghost" aria-label={t('calendars.after')} onClick={() => onMonth(addMonths(month, 1))}>
        <ChevronRight aria-hidden className="size-4 rtl:rotate-180" />
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onMonth(monthOf(today))}>
        {t('calendars.today')}
      </Button>
    </span>
  );
}

interface ViewProps {
  search: CalendarSearch;
  calendars: readonly FreezeCalendar[];
  onOpen: (open: Open) => void;
}
/** The month beside the list of its freezes, and the calendars themselves. */
function CalendarView({ search, calendars, onOpen }: ViewProps) {
  const navigate = useNavigate();
  const now = useNow();
  const blocked = useBlocked('calendars:write');
  const chosen = calendars.find(({ id }) => id === search.calendar);
  // Of several calendars the days are those of the reader.
  const zone = chosen?.timezone ?? (calendars.length === 1 ? calendars[0]!.timezone : ownZone());
  const today = todayIn(zone, now);
  const month = search.month ?? monthOf(today);
  const show = (next: Loose<CalendarSearch>) =>
    void navigate({ to: '/policies/calendars', search: compact<CalendarSearch>({ ...search, ...next }), replace: true });
  const onMonth = (next: string) => show({ month: next });
  const query = { ...spanOf(month, zone), calendarId: chosen?.id };
  const {
    data: entries,
    error,
    refetch,
  } = useQuery({
    queryKey: ['/calendars/entries', query],
    queryFn: ({ signal }) => everything<FreezeEntry>('/calendars/entries', query, signal),
  });
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card
        title={t('calendars.month')}
        aside={
          <>
            <MonthBar month={month} onMonth={onMonth} today={today} />
            <span className="w-40">
              <Select
                size="sm"
                aria-label={t('calendars.calendar')}
                value={chosen?.id ?? ALL}
                onChange={(id) => show({ calendar: id === ALL ? undefined : id })}
                choices={[{ value: ALL, label: t('calendars.all') }, ...calendars.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            </span>
          </>
        }
      >
        {error ? (
          <ProblemView error={error} retry={() => void refetch()} />
        ) : (
          <>
            <MonthGrid
              {...{ month, today, zone, blocked, onMonth }}
              entries={entries ?? []}
              onDay={(day) => onOpen({ act: 'add', day })}
              onEntry={(entry) => onOpen({ act: 'edit', entry })}
            />
            <p className="mt-2 text-xs text-ink-3">{t('calendars.zone.in', { zone })}</p>
          </>
        )}
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <EntryList entries={entries} month={monthName(month)} onOpen={onOpen} />
        <CalendarList calendars={calendars} onOpen={onOpen} />
      </div>
    </div>
  );
}

/** When what rules name a freeze holds: month by month, and calendar by calendar. */
export function CalendarsPage({ search }: { search: CalendarSearch }) {
  const now = useNow();
  const { data, error, refetch } = useQuery({ queryKey: ['/calendars'], queryFn: ({ signal }) => everything<FreezeCalendar>('/calendars', {}, signal) }); // prettier-ignore
  const [open, setOpen] = useState<Open | null>(null);
  const chosen = data?.find(({ id }) => id === search.calendar);
  const create = (
    <PermissionGate permission="calendars:write">
      {(blocked) => (
        <Button
          blocked={blocked}
          icon={<CalendarDays aria-hidden className="size-3.5" />}
          onClick={() => setOpen({ act: 'calendar', calendar: null })}
        >
          {t('calendars.create')}
        </Button>
      )}
    </PermissionGate>
  );
  const add = (
    <PermissionGate permission="calendars:write">
      {(blocked) => (
        <Button
          variant="primary"
          data-hotkey="n"
          blocked={blocked ?? (data?.length ? null : t('calendars.first'))}
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setOpen({ act: 'add', day: todayIn(chosen?.timezone ?? data![0]!.timezone, now) })}
        >
          {t('calendars.entry.create')}
        </Button>
      )}
    </PermissionGate>
  );
  return (
    <PageFrame
      title={t('calendars.title')}
      eyebrow={<Trail>{t('calendars.title')}</Trail>}
      facts={t('calendars.lead')}
      actions={
        <>
          {create}
          {add}
        </>
      }
    >
      {error ? (
        <ProblemView error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonText lines={8} />
      ) : data.length === 0 ? (
        <Card>
          <EmptyState icon={CalendarDays} title={t('calendars.empty')} action={create}>
            {t('calendars.empty.text')}
          </EmptyState>
        </Card>
      ) : (
        <CalendarView search={search} calendars={data} onOpen={setOpen} />
      )}
      <Dialogs open={open} calendars={data ?? []} chosen={chosen} onClose={() => setOpen(null)} />
    </PageFrame>
  );
}
