import type { Json } from '../../graph.ts';
import { isFields, type Fields } from '../values.ts';

/** The same fields with one set at a dotted path; what stands in the way and is no object gives way. The given fields stay as they are. */
export function withField(fields: Fields, path: string, value: Json): Fields {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  const inner = rest.length === 0 ? value : withField(isFields(fields[key]) ? fields[key] : {}, rest.join('.'), value);
  return { ...fields, [key]: inner };
}

export function withoutField(fields: Fields, path: string): Fields {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  if (!Object.hasOwn(fields, key)) return fields;
  if (rest.length === 0) return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
  const inner = fields[key];
  return isFields(inner) ? { ...fields, [key]: withoutField(inner, rest.join('.')) } : fields;
}

/** What lies at a dotted path; undefined where nothing does. */
export function fieldAt(fields: Json, path: string): Json | undefined {
  let here: Json | undefined = fields;
  for (const key of path.split('.')) here = isFields(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return here;
}
