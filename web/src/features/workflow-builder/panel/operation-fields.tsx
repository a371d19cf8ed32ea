import { useContext } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { helpOf } from '#ui/operation-form/help.tsx';
import { Properties } from '#ui/operation-form/nested-fields.tsx';
import { resolve } from '#ui/operation-form/schema.ts';
import { SchemaField } from '#ui/operation-form/schema-field.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';
import { useBuilder } from '../state/store.ts';
import { DrawContext } from './draw.ts';

interface DrawnProps {
  props: SchemaFieldProps;
  schema: JsonSchema;
  label: string;
}

/** Which Operation a step runs: found by its name or by what it does. */
export function OperationName({ props, schema, label }: DrawnProps) {
  const { value, onChange, errors, pointer } = props;
  const operations = useBuilder(({ types }) => types.operations);
  const choices = operations.map(({ name, summary, allowed, missing }) => ({
    value: name,
    label: summary,
    hint: allowed ? name : t('blocked.permission', { permission: missing ?? '' }),
  }));
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required>
      {(control) => (
        <Combobox control={control} choices={choices} value={typeof value === 'string' ? value : ''} onChange={(next) => onChange(next)} />
      )}
    </Field>
  );
}

/** The form of the Operation itself, each field of which may be an expression. */
export function OperationInput({ props, label }: DrawnProps) {
  const { siblings, value, onChange, errors, pointer, pickerFor } = props;
  const Draw = useContext(DrawContext) ?? SchemaField;
  const operation = useBuilder(({ types }) => types.operation(String(siblings['operation'] ?? '')));
  if (!operation) return <SchemaField {...props} />;
  const root = resolve(operation.schema, operation.schema);
  const given = typeof value === 'object' && value !== null ? value : {};
  return (
    <fieldset className="flex flex-col gap-4 border-s-2 border-line ps-3">
      <legend className="float-start mb-1 w-full text-sm font-medium">{label}</legend>
      <Properties
        schema={root}
        root={operation.schema}
        pointer={pointer}
        value={given}
        onChange={onChange}
        errors={errors}
        pickerFor={pickerFor}
        Draw={Draw}
      />
    </fieldset>
  );
}
