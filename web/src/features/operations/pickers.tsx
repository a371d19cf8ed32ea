import { useQuery } from '@tanstack/react-query';
import { useState, type ComponentType } from 'react';
import { request } from '#lib/api.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import type { Page } from '#lib/types.ts';
import { Combobox } from '#ui/combobox.tsx';
import type { PickerFor, PickerProps } from '#ui/operation-form/index.ts';

/** Fields whose name does not tell the resource they point at. A hint in the schema (`widget: 'member'`) does the same. */
const ALIASES: Record<string, string> = { connection: 'clouds', user: 'members' };
const SEARCH = ['q', 'search', 'name'] as const;

/** A list that can be asked for without knowing anything else. */
const freely = (operation: ManifestOperation): boolean => (operation.input.required ?? []).length === 0 && !operation.path.includes('{');
const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/s$/, '');
const resourceOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));

/** The list to choose an id from: by hint, by the operation's own resource (`id`), or by the field's name (`zoneId`). */
export function listFor(
  field: string,
  hint: unknown,
  operation: Pick<ManifestOperation, 'name'>,
  operations: readonly ManifestOperation[],
): ManifestOperation | null {
  const lists = operations.filter(({ name, ...rest }) => name.endsWith('.list') && freely({ name, ...rest }));
  const named = (resource: string) =>
    lists.find(({ name }) => resourceOf(name) === resource) ?? lists.find(({ name }) => resourceOf(name).split('.').pop() === resource);
  const hinted =
    typeof hint === 'string' ? (named(hint) ?? lists.find(({ name }) => singular(resourceOf(name).split('.').pop()!) === hint)) : undefined;
  if (hinted) return hinted;
  if (field === 'id') return named(resourceOf(operation.name)) ?? null;
  const stem = /^(\w+?)Ids?$/.exec(field)?.[1];
  if (!stem) return null;
  return named(ALIASES[stem] ?? '') ?? lists.find(({ name }) => singular(resourceOf(name).split('.').pop()!) === stem) ?? null;
}

interface Item {
  id: string;
  name?: string;
  number?: string;
  summary?: string;
  email?: string;
  environment?: string | null;
}

const picker = (list: ManifestOperation): ComponentType<PickerProps> =>
  function ResourcePicker({ control, value, onChange }: PickerProps) {
    const [text, setText] = useState('');
    const parameter = SEARCH.find((name) => name in (list.input.properties ?? {}));
    const path = list.path.replace(/^\/api\/v1/, '');
    const query = { limit: 50, ...(parameter && text ? { [parameter]: text } : {}) };
    const { data, isFetching } = useQuery({
      queryKey: [path, 'pick', query],
      queryFn: ({ signal }) => request<Page<Item>>('GET', path, { query, signal }),
    });
    const choices = (data?.items ?? []).map((item) => ({
      value: item.number ?? item.id,
      label: item.name ?? item.number ?? item.id,
      hint: [item.summary, item.email, item.environment].filter(Boolean).join(' · '),
    }));
    return (
      <Combobox
        control={control}
        value={typeof value === 'string' ? value : ''}
        choices={choices}
        loading={isFetching}
        onSearch={setText}
        onChange={(next) => onChange(next || undefined)}
      />
    );
  };

const made = new WeakMap<ManifestOperation, ComponentType<PickerProps>>();
/** The same component for the same list, so that a field keeps its state while one types. */
const pickerOf = (list: ManifestOperation): ComponentType<PickerProps> => {
  const known = made.get(list) ?? picker(list);
  made.set(list, known);
  return known;
};

/** Searches instead of ids to type, wherever the manifest has a list to search. */
export const pickers =
  (operation: ManifestOperation, operations: readonly ManifestOperation[]): PickerFor =>
  (name, schema) => {
    if (schema.type !== 'string' || schema.enum) return null;
    const list = listFor(name, schema['resource'] ?? schema.widget, operation, operations);
    return list && pickerOf(list);
  };
