import { useQuery } from '@tanstack/react-query';
import { useState, type ComponentType } from 'react';
import { request } from '#lib/api.ts';
import type { ManifestOperation } from '#lib/schema.ts';
import type { Page } from '#lib/types.ts';
import { catalogPickers } from './catalog-picker.tsx';
import { Combobox } from '#ui/combobox.tsx';
import type { PickerFor, PickerProps } from '#ui/operation-form/index.ts';

/** Fields whose name does not tell the collection they point into. A hint in the schema (`widget: 'member'`) does the same. */
const ALIASES: Record<string, string> = { connection: 'cloudProvider', user: 'member' };
const SEARCH = ['q', 'search', 'name'] as const;

const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/s$/, '');
const camel = (kebab: string): string => kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
/** `/api/v1/dns/zones` lists a `zone`. */
const nounOf = ({ path }: ManifestOperation): string => singular(camel(path.split('/').pop() ?? ''));
/** A list that can be asked for without knowing anything else. */
const isCollection = ({ method, path, input, name, download }: ManifestOperation): boolean =>
  method === 'GET' && !download && /\.list([A-Z]|$)/.test(name) && !path.includes('{') && (input.required ?? []).length === 0;

/** The list to choose an id from: by hint, by the path (`/dns/zones/{id}/import` needs one of `/dns/zones`), or by the field's name (`zoneId`). */
export function listFor(
  field: string,
  hint: unknown,
  operation: Pick<ManifestOperation, 'path'>,
  operations: readonly ManifestOperation[],
): ManifestOperation | null {
  const lists = operations.filter(isCollection);
  const named = (noun: string) => lists.find((list) => nounOf(list) === noun);
  const hinted = typeof hint === 'string' ? named(hint) : undefined;
  if (hinted) return hinted;
  const [before, parameter] = operation.path.split(`/{${field}}`);
  if (parameter !== undefined) return lists.find(({ path }) => path === before) ?? null;
  const stem = /^(\w+?)Ids?$/.exec(field)?.[1];
  return (stem && named(ALIASES[stem] ?? stem)) || null;
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
        {...(parameter ? { onSearch: setText } : {})}
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
    const catalog = 'connectionId' in (operation.input.properties ?? {}) ? catalogPickers[schema.widget ?? ''] : undefined;
    if (catalog) return catalog;
    const list = listFor(name, schema['resource'] ?? schema.widget, operation, operations);
    return list && pickerOf(list);
  };
