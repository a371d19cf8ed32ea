import { z } from 'zod';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../graph.ts';

const MOST = 1_000;
const compiled = new Map<string, z.ZodType | undefined>();

/** One check per schema, by its text: a webhook must not build it anew with each call. */
function checkOf(schema: Json): z.ZodType | undefined {
  const text = JSON.stringify(schema);
  if (compiled.has(text)) return compiled.get(text);
  if (compiled.size >= MOST) compiled.clear();
  let check: z.ZodType | undefined;
  try {
    check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    // Validation says so when it is published; what is not understood refuses nobody here.
    check = undefined;
  }
  compiled.set(text, check);
  return check;
}

const isSchema = (schema: Json): boolean => schema !== null && typeof schema === 'object' && !Array.isArray(schema) && Object.keys(schema).length > 0;

/** Throws `inputs-invalid` with a pointer to each field when a value does not fit a trigger's `inputSchema`. */
export function requireFitting(schema: Json, value: Json): void {
  if (!isSchema(schema)) return;
  const outcome = checkOf(schema)?.safeParse(value);
  if (!outcome || outcome.success) return;
  const errors = outcome.error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: `/${path.map(String).join('/')}`, message }));
  throw new Problem('inputs-invalid', 'The inputs do not fit the schema of the trigger.', { errors });
}
