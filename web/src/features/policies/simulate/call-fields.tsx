import { useMemo } from 'react';
import { pickers } from '#features/operations/pickers.tsx';
import { usePeople } from '#features/team/member-dialogs.tsx';
import { t } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import { useMe } from '#lib/session.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { OperationForm } from '#ui/operation-form/index.ts';
import { Select } from '#ui/select.tsx';
import { KINDS, SURFACES, type SimulationDraft } from './draft.ts';

export interface FieldsProps {
  draft: SimulationDraft;
  onChange: (part: Partial<SimulationDraft>) => void;
  /** By JSON pointer into what is asked. */
  errors: Record<string, string>;
}

/** Who calls, how, and what. */
export function WhoFields({ draft, onChange, errors }: FieldsProps) {
  const me = useMe().actor;
  const people = usePeople(me.id);
  const choices = [{ value: me.id, label: t('simulate.myself', { name: me.name }) }, ...people.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))]; // prettier-ignore
  return (
    <>
      <Field label={t('simulate.who')} error={errors['/userId']}>
        {(control) => <Combobox control={control} value={draft.userId || me.id} onChange={(userId) => onChange({ userId })} choices={choices} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('simulate.kind')}>
          {(control) => (
            <Select
              {...control}
              value={draft.actorKind}
              onChange={(actorKind) => onChange({ actorKind })}
              choices={KINDS.map((value) => ({ value, label: t(`simulate.kind.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('simulate.surface')}>
          {(control) => (
            <Select
              {...control}
              value={draft.surface}
              onChange={(surface) => onChange({ surface })}
              choices={SURFACES.map((value) => ({ value, label: t(`simulate.surface.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </>
  );
}

/** The operation of the catalogue, and its input as its own form asks for it. */
export function OperationFields({ draft, onChange, errors, operation }: FieldsProps & { operation: ManifestOperation | undefined }) {
  const operations = useOperations();
  const pickerFor = useMemo(() => (operation ? pickers(operation, operations) : undefined), [operation, operations]);
  const below = Object.fromEntries(Object.entries(errors).flatMap(([pointer, text]) => (pointer.startsWith('/parameters/') ? [[pointer.slice('/parameters'.length), text]] : []))); // prettier-ignore
  return (
    <>
      <Field label={t('simulate.operation')} required error={errors['/operation']}>
        {(control) => (
          <Combobox
            control={control}
            value={draft.operation}
            onChange={(name) => onChange({ operation: name, input: {} })}
            choices={operations.map(({ name, summary }) => ({ value: name, label: name, hint: summary }))}
          />
        )}
      </Field>
      {operation && Object.keys(operation.input.properties ?? {}).length > 0 && (
        <fieldset className="rounded-md border border-line p-4">
          <legend className="px-1 text-sm font-medium">{t('simulate.input')}</legend>
          <p className="mb-3 text-xs text-ink-3">{t('simulate.input.help')}</p>
          <OperationForm
            key={operation.name}
            schema={operation.input}
            value={draft.input}
            onChange={(input) => onChange({ input })}
            errors={below}
            {...(pickerFor ? { pickerFor } : {})}
          />
        </fieldset>
      )}
    </>
  );
}
