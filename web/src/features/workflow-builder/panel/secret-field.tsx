import { ReferenceField } from '#features/secrets/reference-field.tsx';
import type { JsonSchema } from '#lib/schema.ts';
import { helpOf } from '#ui/operation-form/help.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';

/** A secret among the fields of a node: by its name, or an expression that gives one. */
export const SecretField = ({ props, schema, label }: { props: SchemaFieldProps; schema: JsonSchema; label: string }) => (
  <ReferenceField
    label={label}
    help={helpOf(schema)}
    error={props.errors[props.pointer]}
    required={props.required}
    value={typeof props.value === 'string' ? props.value : ''}
    onChange={props.onChange}
  />
);
