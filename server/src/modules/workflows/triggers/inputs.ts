import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';
import { misfits } from '../validation/fit.ts';

const isSchema = (schema: Json): boolean => schema !== null && typeof schema === 'object' && !Array.isArray(schema) && Object.keys(schema).length > 0;

/** Throws `inputs-invalid` with a pointer to each field when a value does not fit a trigger's `inputSchema`. */
export function requireFitting(schema: Json, value: Json): void {
  if (!isSchema(schema)) return;
  const errors = misfits(schema, value).slice(0, 20);
  if (errors.length > 0) throw new Problem('inputs-invalid', 'The inputs do not fit the schema of the trigger.', { errors });
}
