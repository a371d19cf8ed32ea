import type { Json } from '../graph.ts';
import { isFields, type Fields } from '../nodes/values.ts';
import { misfits, type Misfit } from '../validation/fit.ts';

/** What a form begins with: the defaults of its fields, and over them what the node says. Fields that neither names are left empty. */
export function standing(form: Json, given: Json = {}): Fields {
  const properties = isFields(form) && isFields(form['properties']) ? form['properties'] : {};
  const defaults = Object.entries(properties).flatMap(([name, field]) => (isFields(field) && field['default'] !== undefined ? [[name, field['default']] as const] : [])); // prettier-ignore
  return { ...Object.fromEntries(defaults), ...(isFields(given) ? given : {}) };
}

/** In what values do not fit the form; a form without `type` is one of fields all the same. */
export const formFaults = (form: Json, values: Json): Misfit[] =>
  isFields(values) ? misfits(form, values) : [{ pointer: '', message: 'must be an object' }];
