import type { Plan } from '#kernel/plan.ts';

type Row = Readonly<Record<string, unknown>>;
type Field = NonNullable<NonNullable<Plan['changes']>[number]['fields']>[number];

const json = (value: unknown): Field['after'] => (value ?? null) as NonNullable<Field['after']> | null;

/** The fields that an edit gives, as it gives them. */
export const given = <E extends Row>(edit: E): Partial<E> =>
  Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as Partial<E>;

/** What was given and what it was before, where the two differ. */
export const differences = (row: Row, edit: Row): Field[] =>
  Object.entries(given(edit))
    .filter(([path, after]) => after !== row[path])
    .map(([path, after]) => ({ path, before: json(row[path]), after: json(after) }));

export const creation = (type: string, name: string, fields: Row): NonNullable<Plan['changes']> => [
  { action: 'create', type, name, fields: Object.entries(given(fields)).map(([path, after]) => ({ path, after: json(after) })) },
];
