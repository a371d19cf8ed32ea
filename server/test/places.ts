import type { AnyOperation } from '#kernel/operation.ts';
import { resolve, schemasOf, type JsonSchema } from '#surfaces/json-schema.ts';

const isUuid = (schema: JsonSchema, whole: JsonSchema): boolean => {
  const found = resolve(schema, whole) as JsonSchema & { format?: string; anyOf?: JsonSchema[] };
  return found.format === 'uuid' || (found.anyOf ?? []).some((branch) => isUuid(branch, whole));
};
const isUuids = (schema: JsonSchema, whole: JsonSchema): boolean => {
  const { items } = resolve(schema, whole);
  return items !== undefined && isUuid(items, whole);
};

/** Where an input takes ids: fields, and lists of them. The one that names the tenant is filled by itself. */
export function places(operation: AnyOperation): { field: string; many: boolean }[] {
  const { input } = schemasOf(operation);
  return Object.entries(input.properties).flatMap(([field, schema]): { field: string; many: boolean }[] => {
    if (field === operation.tenantField) return [];
    return isUuid(schema, input) ? [{ field, many: false }] : isUuids(schema, input) ? [{ field, many: true }] : [];
  });
}

/** Two answers that differ in nothing but the id that was sent, the decision and the time. */
export const alike = (text: string, id: string): string =>
  text
    .replaceAll(id, 'ID')
    .replaceAll(/"(decisionId|instance|planHash)":"[^"]*"/g, '"$1":""')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
