import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Select } from '#ui/select.tsx';
import { Switch } from '#ui/switch.tsx';
import { kindsQuery, SCHEDULES } from './api.ts';
import { cronOf, whenOf, type When } from './when.ts';
import { COVERS, FORMATS, type Schedule } from './types.ts';

const DAYS = Array.from({ length: 28 }, (_, at) => String(at + 1));
/** Monday first, as cron counts them. */
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '0'];
/** 2026-02-01 is a Sunday. */
const weekdayName = (day: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 1, 1 + Number(day))));

function WhenFields({ value, onChange }: { value: When; onChange: (when: When) => void }) {
  const set = (part: Partial<When>) => onChange({ ...value, ...part });
  return (
    <>
      <Field label={t('compliance.schedule.every')}>
        {(control) => (
          <Select
            {...control}
            value={value.every}
            onChange={(every) => set({ every })}
            choices={(['day', 'week', 'month', 'quarter', 'other'] as const).map((every) => ({ value: every, label: t(`compliance.schedule.every.${every}`) }))}
          />
        )}
      </Field>
      {value.every === 'other' ? (
        <Field label={t('compliance.schedule.cron')} help={t('compliance.schedule.cron.help')}>
          {(control) => <Input {...control} mono value={value.cron} onChange={({ target }) => set({ cron: target.value })} />}
        </Field>
      ) : (
        <Field label={t('compliance.schedule.time')}>
          {(control) => <Input {...control} type="time" required value={value.time} onChange={({ target }) => set({ time: target.value })} />}
        </Field>
      )}
      {value.every === 'week' && (
        <Field label={t('compliance.schedule.weekday')}>
          {(control) => <Select {...control} value={value.weekday} onChange={(weekday) => set({ weekday })} choices={WEEKDAYS.map((day) => ({ value: day, label: weekdayName(day) }))} />}
        </Field>
      )}
      {(value.every === 'month' || value.every === 'quarter') && (
        <Field label={t('compliance.schedule.day')}>
          {(control) => <Select {...control} value={value.day} onChange={(day) => set({ day })} choices={DAYS.map((day) => ({ value: day, label: day }))} />}
        </Field>
      )}
    </>
  );
} // prettier-ignore

const blank = (): Omit<Schedule, 'id' | 'recipients' | 'owner' | 'nextAt' | 'last' | 'version' | 'filters'> => ({
  name: '',
  kind: 'production-changes',
  format: 'pdf',
  covers: 'month',
  cron: '0 6 1 * *',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  enabled: true,
});

/** Has a report made by the clock, or changes when and for whom. */
export function ScheduleDialog({ schedule, onClose }: { schedule?: Schedule; onClose: () => void }) {
  const tell = useTell();
  const people = usePeople('');
  const { data: kinds = [] } = useQuery(kindsQuery);
  const [draft, setDraft] = useState(() => {
    const { name, kind, format, covers, cron, zone, enabled } = schedule ?? blank();
    return { name, kind, format, covers, zone, enabled, when: whenOf(cron), recipients: schedule?.recipients.map(({ id }) => id) ?? [] };
  });
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const { when, ...rest } = draft;
  const body = { ...rest, name: draft.name.trim(), cron: cronOf(when) };
  const call = schedule
    ? { method: 'PATCH' as const, path: `${SCHEDULES}/${schedule.id}`, body, ifMatch: schedule.version }
    : { method: 'POST' as const, path: SCHEDULES, body };
  return (
    <ReviewDialog
      title={schedule ? t('compliance.schedule.of', { name: schedule.name }) : t('compliance.schedule.new')}
      description={t('compliance.schedule.text')}
      call={body.name !== '' && body.cron !== '' ? call : null}
      action={t(schedule ? 'action.save' : 'action.create')}
      touched={[SCHEDULES]}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('compliance.schedule.saved', { name: body.name }))}
    >
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <Field label={t('roles.name')} required>
          {(control) => <Input {...control} maxLength={100} value={draft.name} onChange={({ target }) => set({ name: target.value })} />}
        </Field>
        <Field label={t('compliance.report.kind')}>
          {(control) => <Select {...control} value={draft.kind} onChange={(kind) => set({ kind })} choices={kinds.map(({ key, title, available }) => ({ value: key, label: title, disabled: !available }))} />}
        </Field>
        <Field label={t('compliance.schedule.covers')}>
          {(control) => <Select {...control} value={draft.covers} onChange={(covers) => set({ covers })} choices={COVERS.map((value) => ({ value, label: t(`compliance.schedule.covers.${value}`) }))} />}
        </Field>
        <Field label={t('compliance.report.format')}>
          {(control) => <Select {...control} value={draft.format} onChange={(format) => set({ format })} choices={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))} />}
        </Field>
        <WhenFields
          value={when}
          // What is made every week is about a week, unless something else is said afterwards.
          onChange={(next) => set({ when: next, ...(next.every === when.every || next.every === 'other' ? {} : { covers: next.every }) })}
        />
        <Field label={t('compliance.schedule.zone')}>
          {(control) => <Input {...control} value={draft.zone} onChange={({ target }) => set({ zone: target.value })} />}
        </Field>
      </div>
      <Field label={t('compliance.schedule.recipients')} required={false} help={t('compliance.schedule.recipients.help')}>
        {(control) => <MultiSelect control={control} value={draft.recipients} onChange={(recipients) => set({ recipients })} choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))} />}
      </Field>
      <Field label={t('compliance.schedule.enabled')} inline>
        {(control) => <Switch {...control} checked={draft.enabled} onCheckedChange={(enabled) => set({ enabled })} />}
      </Field>
    </ReviewDialog>
  );
} // prettier-ignore
