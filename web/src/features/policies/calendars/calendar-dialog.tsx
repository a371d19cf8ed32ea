import { useMemo, useState } from 'react';
import type { Call } from '#features/review/call.ts';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Prose } from '#ui/prose.tsx';
import { CALENDAR_LISTS } from './entry-dialog.tsx';
import type { FreezeCalendar } from './types.ts';
import { ownZone } from './zone.ts';

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** Makes a calendar, or changes its zone and description; its name stays, since rules name it. */
export function CalendarDialog({ calendar, onClose }: { calendar: FreezeCalendar | null; onClose: () => void }) {
  const tell = useTell();
  const [name, setName] = useState(calendar?.name ?? '');
  const [description, setDescription] = useState(calendar?.description ?? '');
  const [timezone, setTimezone] = useState(() => calendar?.timezone ?? ownZone());
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, label: value })), []);
  const fields = { description: description.trim(), timezone };
  const call: Call = calendar
    ? { method: 'PATCH', path: `/calendars/${calendar.id}`, body: fields, ifMatch: calendar.version }
    : { method: 'POST', path: '/calendars', body: { name, ...fields } };
  return (
    <ReviewDialog
      title={calendar ? t('calendars.edit.of', { name }) : t('calendars.create')}
      description={<Prose text={t('calendars.create.text')} />}
      call={NAME.test(name) ? call : null}
      action={t('action.save')}
      touched={CALENDAR_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('calendars.saved', { name }))}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('roles.name')}
          required
          help={t('calendars.name.help')}
          error={name !== '' && !NAME.test(name) ? t('calendars.name.wrong') : undefined}
        >
          {(control) => (
            <Input {...control} mono maxLength={63} disabled={calendar !== null} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('calendars.zone')} required help={t('calendars.zone.help')}>
          {(control) => <Combobox control={control} value={timezone} onChange={setTimezone} choices={zones} />}
        </Field>
      </div>
      <Field label={t('roles.column.description')} required={false}>
        {(control) => <Input {...control} maxLength={500} value={description} onChange={(event) => setDescription(event.target.value)} />}
      </Field>
    </ReviewDialog>
  );
}
