import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import type { Page } from '#lib/types.ts';
import { Field } from '#ui/field.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { helpOf } from '#ui/operation-form/help.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';
import { useBuilder } from '../state/store.ts';
import { modulesOf, offered } from './patterns.ts';

interface DrawnProps {
  props: SchemaFieldProps;
  schema: JsonSchema;
  label: string;
}
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Operations by name or by module, with what that comes to for whoever looks. */
export function PatternsField({ props: { name, value, onChange, errors, pointer, required, siblings }, schema, label }: DrawnProps) {
  const operations = useBuilder(({ types }) => types.operations);
  const choices = useMemo(
    () => [
      ...modulesOf(operations).map((pattern) => ({ value: pattern, label: pattern, hint: t('builder.patterns.all') })),
      ...operations.filter(({ allowed }) => allowed).map((one) => ({ value: one.name, label: one.summary, hint: one.name })),
    ],
    [operations],
  );
  const found = name === 'operations' ? offered(operations, value, siblings['deny']) : [];
  const changing = found.filter(({ risk }) => risk !== 'read').length;
  return (
    <div className="flex flex-col gap-1">
      <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required}>
        {(control) => (
          <MultiSelect control={control} free choices={choices} value={listOf(value)} onChange={(next) => onChange(next.length === 0 ? undefined : next)} />
        )}
      </Field>
      {found.length > 0 && (
        <p role="status" className="text-xs text-ink-2">
          {t('builder.patterns.offered', { count: found.length, changing })}
        </p>
      )}
    </div>
  );
} // prettier-ignore

/** Workflows that may be called, by their address. */
export function WorkflowsField({ props: { value, onChange, errors, pointer, required }, schema, label }: DrawnProps) {
  const { data } = useQuery({
    queryKey: ['/workflows', 'slugs'],
    queryFn: ({ signal }) => request<Page<{ id: string; name: string; slug: string }>>('GET', '/workflows', { query: { limit: 100 }, signal }),
    staleTime: 30_000,
  });
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required}>
      {(control) => (
        <MultiSelect
          control={control}
          free
          choices={(data?.items ?? []).map(({ name, slug }) => ({ value: slug, label: name, hint: slug }))}
          value={listOf(value)}
          onChange={(next) => onChange(next.length === 0 ? undefined : next)}
        />
      )}
    </Field>
  );
}
