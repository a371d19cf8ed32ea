import { useId } from 'react';
import { words } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import type { FieldControl } from '../field.tsx';
import { Input } from '../input.tsx';
import { Select } from '../select.tsx';
import { Textarea } from '../textarea.tsx';
import { choicesOf, type Kind } from './schema.ts';

export interface ScalarControlProps {
  control: FieldControl;
  schema: JsonSchema;
  kind: Kind;
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled: boolean;
}
/** Radix forbids an empty value; this one stands for "not chosen". */
const UNSET = '\u0000';

const inputTypes: Record<string, string> = { email: 'email', uri: 'url', url: 'url', date: 'date', time: 'time' };
const MONO = new Set(['uuid', 'ipv4', 'ipv6', 'cidrv4', 'cidrv6', 'uri', 'url', 'hostname', 'date-time', 'duration', 'base64']);
const LONG_WIDGETS = new Set(['textarea', 'code', 'zonefile', 'markdown']);
const SECRET_WIDGETS = new Set(['password', 'secret']);

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
const isLong = ({ widget, maxLength }: JsonSchema): boolean => LONG_WIDGETS.has(widget ?? '') || (widget === undefined && (maxLength ?? 0) >= 2000);
const isSecret = (schema: JsonSchema): boolean =>
  SECRET_WIDGETS.has(schema.widget ?? '') || schema['secret'] === true || schema['writeOnly'] === true;

/** An RFC 3339 time as the browser's date field wants it: in the reader's zone, without one. */
function toLocal(value: unknown): string {
  const time = typeof value === 'string' ? new Date(value) : null;
  if (!time || Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What every text-like control shares. */
const common = ({ control, schema, name, value, disabled }: ScalarControlProps) => {
  const example = schema.examples?.[0];
  return {
    ...control,
    name,
    disabled,
    autoComplete: 'off',
    value: textOf(value),
    ...(example === undefined ? {} : { placeholder: textOf(example) }),
  };
};

function ChoiceControl({ control, schema, value, onChange, disabled }: ScalarControlProps) {
  const options = (choicesOf(schema) ?? []).map((choice) => ({
    value: JSON.stringify(choice),
    label: typeof choice === 'string' ? choice : words(String(choice)),
  }));
  const none = { value: UNSET, label: <span className="text-ink-3">{t('form.unset')}</span> };
  return (
    <Select
      {...control}
      disabled={disabled}
      value={value === undefined || value === '' ? undefined : JSON.stringify(value)}
      placeholder={t('form.choose')}
      choices={control['aria-required'] ? options : [none, ...options]}
      onChange={(next) => onChange(next === UNSET ? undefined : (JSON.parse(next) as unknown))}
    />
  );
}

/** A text field with a numeric keyboard: number inputs swallow what they cannot read, and change on scroll. */
function NumberControl(props: ScalarControlProps) {
  const read = (text: string) => props.onChange(text.trim() === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text);
  return (
    <Input
      {...common(props)}
      inputMode={props.schema.type === 'integer' ? 'numeric' : 'decimal'}
      className="max-w-48"
      onChange={(event) => read(event.target.value)}
    />
  );
}

const LongControl = (props: ScalarControlProps) => {
  const prose = props.schema.widget === 'textarea';
  return (
    <Textarea
      {...common(props)}
      mono={!prose}
      rows={prose ? 3 : props.schema.widget ? 8 : 2}
      maxLength={props.schema.maxLength}
      onChange={(event) => props.onChange(event.target.value || undefined)}
    />
  );
};

const TimeControl = (props: ScalarControlProps) => (
  <Input
    {...common(props)}
    type="datetime-local"
    className="max-w-64"
    value={toLocal(props.value)}
    onChange={(event) => props.onChange(event.target.value ? new Date(event.target.value).toISOString() : undefined)}
  />
);

function TextControl(props: ScalarControlProps) {
  const list = useId();
  const { schema, onChange } = props;
  const { format = '', examples = [] } = schema;
  const secret = isSecret(schema);
  const several = examples.length > 1;
  return (
    <>
      <Input
        {...common(props)}
        type={secret ? 'password' : (inputTypes[format] ?? 'text')}
        autoComplete={secret ? 'new-password' : 'off'}
        mono={MONO.has(format) || schema.pattern !== undefined}
        maxLength={schema.maxLength}
        spellCheck={false}
        {...(several ? { list } : {})}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
      {several && (
        <datalist id={list}>
          {examples.map((each) => (
            <option key={String(each)} value={String(each)}>
              {String(each)}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

/** One value: a choice, a number, a time or a text, by type, format and hint. */
export function ScalarControl(props: ScalarControlProps) {
  if (props.kind === 'enum') return <ChoiceControl {...props} />;
  if (props.kind === 'number') return <NumberControl {...props} />;
  if (isLong(props.schema)) return <LongControl {...props} />;
  return props.schema.format === 'date-time' ? <TimeControl {...props} /> : <TextControl {...props} />;
}
