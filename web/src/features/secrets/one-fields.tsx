import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { AboutFields } from './about-fields.tsx';
import type { Places } from './api.ts';
import type { AboutDraft, PlaceDraft, ValueDraft } from './draft.ts';
import { NewValueFields } from './new-value-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { asName, nameFault } from './rules.ts';
import { VALUE_TYPES, type ValueType } from './value-types.ts';

/** One secret on its way in. */
export interface OneDraft {
  name: string;
  place: PlaceDraft;
  type: ValueType;
  value: ValueDraft;
  about: AboutDraft;
}

/** What is wrong with a name, in words; undefined when nothing is. */
export function nameWords(name: string): string | undefined {
  const fault = nameFault(name);
  if (!fault) return undefined;
  return fault.kind === 'form' ? t('secrets.name.form') : t('secrets.name.reserved', { prefix: fault.prefix });
}

const NameField = ({ name, onChange, error }: { name: string; onChange: (name: string) => void; error: string | undefined }) => {
  const fault = nameWords(name);
  return (
    <Field
      label={t('secrets.name')}
      required
      error={fault ?? error}
      help={name !== '' && !fault ? t('secrets.name.use', { reference: `secret://${name}` }) : t('secrets.name.help')}
    >
      {(control) => (
        <Input
          {...control}
          mono
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          placeholder="DATABASE_PASSWORD"
          value={name}
          onChange={(event) => onChange(asName(event.target.value))}
        />
      )}
    </Field>
  );
};

export interface OneFieldsProps {
  draft: OneDraft;
  onChange: (draft: OneDraft) => void;
  places: Places;
  errors: Record<string, string>;
}
/** Name, place, type and value; what else can be said of it stands behind a button. */
export function OneFields({ draft, onChange, places, errors }: OneFieldsProps) {
  const [more, setMore] = useState(false);
  const set = (part: Partial<OneDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <NameField name={draft.name} onChange={(name) => set({ name })} error={errors['/name']} />
      <PlaceFields draft={draft.place} onChange={(place) => set({ place })} places={places} errors={errors} />
      <Field label={t('secrets.type')} help={t(`secrets.type.${draft.type}.help`)} error={errors['/type']}>
        {(control) => (
          <Select
            {...control}
            className="sm:max-w-72"
            value={draft.type}
            onChange={(type) => set({ type })}
            choices={VALUE_TYPES.map((value) => ({ value, label: t(`secrets.type.${value}`) }))}
          />
        )}
      </Field>
      <NewValueFields type={draft.type} draft={draft.value} onChange={(value) => set({ value })} errors={errors} />
      <details open={more} onToggle={(event) => setMore(event.currentTarget.open)} className="group">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-sm text-accent">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100" />
          {t('secrets.more')}
        </summary>
        <div className="mt-3 flex flex-col gap-4">
          <AboutFields draft={draft.about} onChange={(about) => set({ about })} errors={errors} />
        </div>
      </details>
    </>
  );
}
