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

/** An RFC 3339 time as the browser's date field wants it: in the reader's zone, without one. */
function toLocal(value: unknown): string {
  const time = typeof value === 'string' ? new Date(value) : null;
  if (!time || Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const isLong = ({ widget, maxLength }: JsonSchema): boolean => LONG_WIDGETS.has(widget ?? '') || (widget === undefined && (maxLength ?? 0) >= 2000);

/** One value: a choice, a number or a text, by type, format and hint. */
export function ScalarControl({ control, schema, kind, name, value, onChange, disabled }: ScalarControlProps) {
  const list = useId();
  const choices = choicesOf(schema);
  if (kind === 'enum' && choices) {
    const options = choices.map((choice) => ({ value: JSON.stringify(choice), label: typeof choice === 'string' ? choice : words(String(choice)) }));
    return (
      <Select
        {...control}
        disabled={disabled}
        value={value === undefined || value === '' ? undefined : JSON.stringify(value)}
        placeholder={t('form.choose')}
        choices={control['aria-required'] ? options : [{ value: UNSET, label: <span className="text-ink-3">{t('form.unset')}</span> }, ...options]}
        onChange={(next) => onChange(next === UNSET ? undefined : (JSON.parse(next) as unknown))}
      />
    );
  }
  const example = schema.examples?.[0];
  const shared = {
    ...control,
    name,
    disabled,
    placeholder: example === undefined ? undefined : String(example),
    autoComplete: 'off',
    value: textOf(value),
  };
  if (kind === 'number') {
    // As text with a numeric keyboard: number inputs swallow what they cannot read and change on scroll.
    const read = (text: string) => onChange(text.trim() === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text);
    return (
      <Input
        {...shared}
        inputMode={schema.type === 'integer' ? 'numeric' : 'decimal'}
        className="max-w-48"
        onChange={(event) => read(event.target.value)}
      />
    );
  }
  const change = (text: string) => onChange(text === '' ? undefined : text);
  if (isLong(schema))
    return (
      <Textarea
        {...shared}
        mono={schema.widget !== 'textarea'}
        rows={schema.widget === 'textarea' ? 3 : 8}
        maxLength={schema.maxLength}
        onChange={(event) => change(event.target.value)}
      />
    );
  if (schema.format === 'date-time') {
    return (
      <Input
        {...shared}
        type="datetime-local"
        className="max-w-64"
        value={toLocal(value)}
        onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : undefined)}
      />
    );
  }
  const secret = SECRET_WIDGETS.has(schema.widget ?? '') || schema['secret'] === true || schema['writeOnly'] === true;
  const several = (schema.examples?.length ?? 0) > 1;
  return (
    <>
      <Input
        {...shared}
        type={secret ? 'password' : (inputTypes[schema.format ?? ''] ?? 'text')}
        autoComplete={secret ? 'new-password' : 'off'}
        mono={MONO.has(schema.format ?? '') || schema.pattern !== undefined}
        maxLength={schema.maxLength}
        spellCheck={false}
        {...(several ? { list } : {})}
        onChange={(event) => change(event.target.value)}
      />
      {several && (
        <datalist id={list}>
          {schema.examples!.map((each) => (
            <option key={String(each)} value={String(each)} />
          ))}
        </datalist>
      )}
    </>
  );
}
