import { Problem, type FieldError } from '#kernel/problem.ts';
import { nameFault, valueFault } from '../rules.ts';
import type { Field, Template } from './template.ts';

/** A field of a template with its value, under the name that it gets. */
export interface Filled {
  field: Field;
  name: string;
  value: string;
}

function faultOf({ field, name, value }: Filled): string | undefined {
  if (nameFault(name)) return `would be called ${name}, which is no name that a secret can have`;
  const fault = valueFault(field.type, value);
  if (fault) return fault;
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value)) return 'does not look like one';
  return undefined;
}

/** The fields that were filled in. Throws `validation-failed` with a pointer to each that is missing, strange or of the wrong form; never with a value. */
export function filledIn({ id, fields }: Template, values: Readonly<Record<string, string>>, prefix = ''): Filled[] {
  const errors: FieldError[] = Object.keys(values)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => ({ pointer: `/values/${name}`, message: 'is no field of this template' }));
  const filled: Filled[] = [];
  for (const field of fields) {
    const value = values[field.name];
    const pointer = `/values/${field.name}`;
    if (value === undefined || value === '') {
      if (field.required) errors.push({ pointer, message: 'is required' });
      continue;
    }
    const one = { field, name: `${prefix}${field.name}`, value };
    const message = faultOf(one);
    if (message) errors.push({ pointer, message });
    else filled.push(one);
  }
  if (errors.length > 0) throw new Problem('validation-failed', `${id}: ${errors[0]!.pointer} ${errors[0]!.message}.`, { errors });
  return filled;
}
