import { useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { addDays, type Day } from './month.ts';
import type { FreezeCalendar, FreezeEntry } from './types.ts';
import { localIn, momentOf } from './zone.ts';

export const CALENDAR_LISTS = ['/calendars', '/calendars/entries'];

interface Draft {
  calendarId: string;
  title: string;
  note: string;
  from: string;
  until: string;
}
const startOf = (entry: FreezeEntry | null, day: Day, calendar: FreezeCalendar): Draft =>
  entry
    ? { ...entry, from: localIn(calendar.timezone, Date.parse(entry.startsAt)), until: localIn(calendar.timezone, Date.parse(entry.endsAt)) }
    : { calendarId: calendar.id, title: '', note: '', from: `${day}T00:00`, until: `${addDays(day, 1)}T00:00` };

/** Null while something is missing or the end is not after the beginning. */
function callOf(entry: FreezeEntry | null, draft: Draft, zone: string): Call | null {
  const [from, until] = [momentOf(zone, draft.from), momentOf(zone, draft.until)];
  const title = draft.title.trim();
  if (title === '' || Number.isNaN(from) || Number.isNaN(until) || until <= from) return null;
  const body = { title, note: draft.note.trim(), startsAt: new Date(from).toISOString(), endsAt: new Date(until).toISOString() };
  return entry
    ? { method: 'PATCH', path: `/calendars/entries/${entry.id}`, body }
    : { method: 'POST', path: '/calendars/entries', body: { calendarId: draft.calendarId, ...body } };
}

interface EntryDialogProps {
  calendars: readonly FreezeCalendar[];
  /** Null to add one. */
  entry: FreezeEntry | null;
  day: Day;
  /** The calendar that is chosen at first. */
  calendar: FreezeCalendar;
  onClose: () => void;
}
/** Adds a freeze or moves it. Times are those of its calendar's zone. */
export function EntryDialog({ calendars, entry, day, calendar, onClose }: EntryDialogProps) {
  const tell = useTell();
  const [draft, setDraft] = useState<Draft>(() => startOf(entry, day, calendar));
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const zone = (calendars.find(({ id }) => id === draft.calendarId) ?? calendar).timezone;
  const call = callOf(entry, draft, zone);
  const ends = draft.until <= draft.from ? t('calendars.entry.order') : undefined;
  return (
    <ReviewDialog
      title={t(entry ? 'calendars.entry.edit' : 'calendars.entry.create')}
      description={t('calendars.entry.text')}
      call={call}
      action={t('action.save')}
      touched={CALENDAR_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('calendars.entry.saved', { title: draft.title }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('calendars.entry.title')} required>
          {(control) => (
            <Input {...control} autoFocus maxLength={200} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
          )}
        </Field>
        <Field label={t('calendars.calendar')}>
          {(control) => (
            <Select
              {...control}
              value={draft.calendarId}
              disabled={entry !== null}
              onChange={(calendarId) => change({ calendarId })}
              choices={calendars.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <Field label={t('calendars.entry.from')} required help={t('calendars.zone.in', { zone })}>
          {(control) => <Input {...control} type="datetime-local" value={draft.from} onChange={(event) => change({ from: event.target.value })} />}
        </Field>
        <Field label={t('calendars.entry.until')} required help={t('calendars.entry.until.help')} error={ends}>
          {(control) => <Input {...control} type="datetime-local" value={draft.until} onChange={(event) => change({ until: event.target.value })} />}
        </Field>
      </div>
      <Field label={t('calendars.entry.note')} required={false}>
        {(control) => (
          <Textarea {...control} rows={2} maxLength={1000} value={draft.note} onChange={(event) => change({ note: event.target.value })} />
        )}
      </Field>
    </ReviewDialog>
  );
}
