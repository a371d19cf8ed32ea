import { t } from '#lib/i18n.ts';
import { Checkbox } from '../checkbox.tsx';
import { Field } from '../field.tsx';
import { JsonField, ListField, RecordField, SetField } from './collection-fields.tsx';
import { ObjectField, UnionField } from './nested-fields.tsx';
import { helpOf } from './help.tsx';
import { ScalarControl } from './scalar-control.tsx';
import { kindOf, labelOf, withoutNull } from './schema.ts';
import type { SchemaFieldProps } from './types.ts';

const NESTED = { object: ObjectField, union: UnionField, list: ListField, set: SetField, record: RecordField, json: JsonField } as const;

/** Draws any schema; nested ones draw theirs through it again. */
export function SchemaField(props: SchemaFieldProps) {
  const { name, root, pointer, required, value, onChange, errors, pickerFor, siblings } = props;
  const { schema, nullable } = withoutNull(props.schema, root);
  const kind = kindOf(schema, root);
  const label = props.label ?? labelOf(name, schema);
  const help = helpOf(schema);
  if (kind === 'const' || schema.widget === 'hidden') return null;

  const isNull = nullable && value === null;
  // Null is something to say ("no environment"), unlike a field left blank.
  const none = nullable && (
    <label className="flex items-center gap-1.5 text-xs text-ink-2">
      <Checkbox checked={isNull} onCheckedChange={(on) => onChange(on === true ? null : undefined)} />
      {t('form.none')}
    </label>
  );
  const aside =
    none && props.aside ? (
      <span className="flex items-center gap-2">
        {none}
        {props.aside}
      </span>
    ) : (
      none || props.aside
    );

  if (kind in NESTED && !isNull) {
    const Nested = NESTED[kind as keyof typeof NESTED];
    return <Nested {...props} schema={schema} label={label} aside={aside} />;
  }
  if (kind === 'boolean' && !isNull) {
    return (
      <Field label={label} help={help} error={errors[pointer]} aside={aside} inline>
        {(control) => <Checkbox {...control} checked={value === true} onCheckedChange={(on) => onChange(on === true)} />}
      </Field>
    );
  }
  const Picker = pickerFor(name, schema);
  return (
    <Field label={label} help={help} error={errors[pointer]} required={required} aside={aside}>
      {(control) =>
        Picker && !isNull ? (
          <Picker control={control} schema={schema} value={value} onChange={onChange} siblings={siblings} />
        ) : (
          <ScalarControl
            control={control}
            schema={schema}
            kind={kind}
            value={isNull ? '' : value}
            onChange={onChange}
            disabled={isNull}
            name={name}
          />
        )
      }
    </Field>
  );
}
