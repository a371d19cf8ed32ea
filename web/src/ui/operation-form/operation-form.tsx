import { useMemo } from 'react';
import type { JsonSchema } from '#lib/schema.ts';
import { Properties } from './nested-fields.tsx';
import { SchemaField } from './schema-field.tsx';
import { resolve } from './schema.ts';
import type { PickerFor } from './types.ts';

export interface OperationFormProps {
  schema: JsonSchema;
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  /** By JSON pointer: from `checkForm` and from a problem's `errors`. */
  errors: Record<string, string>;
  pickerFor?: PickerFor;
}
const noPicker: PickerFor = () => null;

/** The fields of an Operation's input, drawn from its JSON Schema. Holds no state and no buttons. */
export function OperationForm({ schema, value, onChange, errors, pickerFor = noPicker }: OperationFormProps) {
  const root = useMemo(() => resolve(schema, schema), [schema]);
  return (
    <div className="flex flex-col gap-4">
      <Properties
        schema={root}
        root={schema}
        pointer=""
        value={value}
        onChange={(next) => onChange(next as Record<string, unknown>)}
        errors={errors}
        pickerFor={pickerFor}
        Draw={SchemaField}
      />
    </div>
  );
}
