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

/** Letters of a name, so that `parentId`, `groups.list` and `group_parents` can be held against one another. */
const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]|ids?$|s$/g, '');
/** Ids of how many tables a field is tried with besides those that it may mean. */
const IN_TURN = 6;

/**
 * Answers ids for a field, out of those that are known by table: of all tables that it or its operation may mean by its name, and of others in
 * turn, so that each table has its turn with fields of every kind. Of two where the field takes no id at all: what is refused for its
 * form is refused alike.
 */
export function createPicker(known: ReadonlyMap<string, readonly string[]>) {
  const tables = [...known.keys()];
  let turn = 0;
  return ({ name }: Pick<AnyOperation, 'name'>, field: string, takesNone = false): string[] => {
    const words = [bare(field), ...name.split('.').slice(0, -1).map(bare)].filter((word) => word.length > 2);
    const meant = tables.filter((table) => words.some((word) => bare(table).includes(word)));
    const others = Array.from({ length: IN_TURN }, () => tables[turn++ % tables.length]!);
    return [...new Set([...meant, ...others])].map((table) => known.get(table)![0]!).slice(0, takesNone ? 2 : undefined);
  };
}
