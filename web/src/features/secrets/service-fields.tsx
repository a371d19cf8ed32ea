import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { hasText, t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import type { Places } from './api.ts';
import { nameWords } from './one-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { asName } from './rules.ts';
import { fieldFault, isPrefix, templatesQuery, type ServiceDraft, type Template, type TemplateField } from './templates.ts';
import { ValueControl } from './value-field.tsx';

const ALL = 'all';
const categoryWords = (category: string): string => {
  const key = `secrets.category.${category}`;
  return hasText(key) ? t(key) : category;
};

/** One of a hundred services, found by category or by typing. */
function TemplateChoice({ items, value, onChange }: { items: readonly Template[]; value: string; onChange: (id: string) => void }) {
  const [category, setCategory] = useState<string>(ALL);
  const categories = [...new Set(items.map((one) => one.category))];
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label={t('secrets.category')}>
        {(control) => (
          <Select
            {...control}
            value={category}
            onChange={setCategory}
            choices={[{ value: ALL, label: t('secrets.category.all') }, ...categories.map((one) => ({ value: one, label: categoryWords(one) }))]}
          />
        )}
      </Field>
      <Field label={t('secrets.template')} required>
        {(control) => (
          <Combobox
            control={control}
            value={value}
            // What is typed and no template is no choice.
            onChange={(id) => items.some((one) => one.id === id) && onChange(id)}
            choices={items
              .filter((one) => category === ALL || one.category === category)
              .map(({ id, name, category: of }) => ({ value: id, label: name, hint: categoryWords(of) }))}
          />
        )}
      </Field>
    </div>
  );
}

interface OneFieldProps {
  field: TemplateField;
  name: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}
const OneField = ({ field, name, value, error, onChange }: OneFieldProps) => {
  const fault = fieldFault(field, value);
  const words = fault === 'pattern' ? t('secrets.template.pattern') : fault ? t(`secrets.value.${fault}`) : nameWords(name);
  return (
    <Field
      label={field.title}
      aside={<code className="[overflow-wrap:anywhere]">{name}</code>}
      help={field.help}
      error={words ?? error}
      {...(field.required ? { required: true } : { required: false })}
    >
      {(control) => <ValueControl control={control} type={field.type} value={value} onChange={onChange} />}
    </Field>
  );
};

export interface ServiceFieldsProps {
  draft: ServiceDraft;
  onChange: (draft: ServiceDraft) => void;
  places: Places;
  errors: Record<string, string>;
}
const Fields = ({ template, draft, onChange, errors }: { template: Template } & Omit<ServiceFieldsProps, 'places'>) => (
  <>
    {template.fields.map((field) => (
      <OneField
        key={field.name}
        field={field}
        name={draft.prefix + field.name}
        value={draft.values[field.name] ?? ''}
        error={errors[`/values/${field.name}`]}
        onChange={(value) => onChange({ ...draft, values: { ...draft.values, [field.name]: value } })}
      />
    ))}
  </>
);

/** What a service is reached with, each part a secret of its own. */
export function ServiceFields(props: ServiceFieldsProps) {
  const templates = useQuery(templatesQuery);
  return (
    <Loaded query={templates} lines={4}>
      {(items) => <Entered {...props} items={items} />}
    </Loaded>
  );
}

function Entered({ draft, onChange, places, errors, items }: ServiceFieldsProps & { items: readonly Template[] }) {
  const template = items.find(({ id }) => id === draft.template);
  return (
    <>
      <TemplateChoice items={items} value={draft.template} onChange={(id) => onChange({ ...draft, template: id, values: {} })} />
      {template && (
        <>
          <PlaceFields draft={draft.place} onChange={(place) => onChange({ ...draft, place })} places={places} errors={errors} />
          <Field
            label={t('secrets.prefix')}
            help={t('secrets.prefix.help')}
            error={isPrefix(draft.prefix) ? errors['/prefix'] : t('secrets.prefix.form')}
            required={false}
          >
            {(control) => (
              <Input
                {...control}
                mono
                className="sm:max-w-72"
                maxLength={31}
                placeholder="SHOP_"
                value={draft.prefix}
                onChange={(event) => onChange({ ...draft, prefix: asName(event.target.value) })}
              />
            )}
          </Field>
          <Fields template={template} draft={draft} onChange={onChange} errors={errors} />
        </>
      )}
    </>
  );
}
