import { queryOptions } from '@tanstack/react-query';
import type { Call } from '#features/review/call.ts';
import { request } from '#lib/api.ts';
import type { Item } from '#lib/answers.ts';
import { placePart, type PlaceDraft } from './draft.ts';
import { nameFault, valueFault, type ValueFault } from './rules.ts';

export type Template = Item<'secretTemplates.list'>;
export type TemplateField = Template['fields'][number];

/** They follow the release of the server. */
export const templatesQuery = queryOptions({
  queryKey: ['/secret-templates'],
  queryFn: ({ signal }) => request<{ items: Template[] }>('GET', '/secret-templates', { signal }).then(({ items }) => items),
  staleTime: 3_600_000,
});

/** The secrets of one service on their way in. */
export interface ServiceDraft {
  /** Id of the template. */
  template: string;
  place: PlaceDraft;
  /** Before each name, where a workspace has several of the service. */
  prefix: string;
  /** By the field's own name. */
  values: Readonly<Record<string, string>>;
}

type FieldFault = 'pattern' | ValueFault;
const looksRight = (pattern: string, value: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // Written for another dialect: the server knows it.
    return true;
  }
};
/** What is wrong with the value of a field; null when nothing is, or when there is none yet. */
export function fieldFault(field: Pick<TemplateField, 'type' | 'pattern'>, value: string): FieldFault | null {
  if (value === '') return null;
  const fault = valueFault(field.type, value);
  if (fault) return fault;
  return field.pattern && !looksRight(field.pattern, value) ? 'pattern' : null;
}

const PREFIX = /^[A-Z][A-Z0-9_]{0,30}$/;
export const isPrefix = (prefix: string): boolean => prefix === '' || PREFIX.test(prefix);

/** The call that stores what was entered, all or nothing; null while a value that is needed is missing or one cannot be. */
export function serviceCall(template: Template, { place, prefix, values }: ServiceDraft): Call | null {
  const where = placePart(place);
  const given = template.fields.filter(({ name }) => (values[name] ?? '') !== '');
  const isMissing = template.fields.some(({ name, required }) => required && (values[name] ?? '') === '');
  const isFaulty = given.some((field) => fieldFault(field, values[field.name]!) !== null || nameFault(prefix + field.name) !== null);
  if (!where || isMissing || isFaulty || !isPrefix(prefix)) return null;
  const entered = Object.fromEntries(given.map(({ name }) => [name, values[name]!]));
  return {
    method: 'POST',
    path: '/secrets/from-template',
    body: { template: template.id, ...where, ...(prefix ? { prefix } : {}), values: entered },
  };
}
