import { compilePattern } from '#kernel/cel/regex.ts';
import type { Json } from '../graph.ts';

/**
 * JSON Schema 2020-12 as tenants write it, for values that may come from anybody: patterns are matched in linear time, nothing is fetched,
 * and depth is bounded. What is not known is ignored, as the standard has it.
 */

export interface Misfit {
  /** JSON Pointer into the value. */
  pointer: string;
  message: string;
}

type Schema = { readonly [keyword: string]: Json };
type Fields = { readonly [key: string]: Json };

const MOST_DEPTH = 64;
const MOST_MISFITS = 50;

const isFields = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: Json | undefined): value is number => typeof value === 'number';
const typeOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const canonical = (value: Json): string =>
  JSON.stringify(value, (_key, one: Json) => (isFields(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) => /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  email: (text) => text.length <= 320 && /^[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/.test(text),
  uuid: (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text),
  uri: (text) => URL.canParse(text),
  ipv4: (text) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text),
};

class Looking {
  readonly found: Misfit[] = [];
  readonly root: Schema;
  constructor(root: Schema) {
    this.root = root;
  }
  say(pointer: string, message: string): void {
    if (this.found.length < MOST_MISFITS) this.found.push({ pointer, message });
  }
  fits(schema: Json, value: Json, depth: number): boolean {
    const aside = new Looking(this.root);
    aside.look(schema, value, '', depth);
    return aside.found.length === 0;
  }
  look(schema: Json | undefined, value: Json, pointer: string, depth: number): void {
    if (schema === undefined || schema === true) return;
    if (schema === false) return this.say(pointer, 'nothing is allowed here');
    if (!isFields(schema)) return;
    if (depth > MOST_DEPTH) return this.say(pointer, `more than ${MOST_DEPTH} levels deep`);
    this.#reference(schema, value, pointer, depth);
    if (!this.#type(schema, value, pointer)) return;
    this.#given(schema, value, pointer);
    if (typeof value === 'string') this.#text(schema, value, pointer);
    if (isNumber(value)) this.#number(schema, value, pointer);
    if (Array.isArray(value)) this.#list(schema, value, pointer, depth);
    if (isFields(value)) this.#fields(schema, value, pointer, depth);
    this.#combined(schema, value, pointer, depth);
  }
  #reference(schema: Schema, value: Json, pointer: string, depth: number): void {
    const name = schema['$ref'];
    if (typeof name !== 'string') return;
    let target: Json | undefined = name.startsWith('#') ? this.root : undefined;
    for (const part of name.slice(2).split('/').filter((one) => one !== '')) target = isFields(target) && Object.hasOwn(target, part) ? target[part] : undefined; // prettier-ignore
    if (target === undefined) return this.say(pointer, `the schema refers to ${name}, which is not in it`);
    this.look(target, value, pointer, depth + 1);
  }
  #type({ type }: Schema, value: Json, pointer: string): boolean {
    if (type === undefined) return true;
    const wanted = (Array.isArray(type) ? type : [type]).map(String);
    const is = typeOf(value);
    if (wanted.includes(is) || (is === 'number' && wanted.includes('integer') && Number.isInteger(value))) return true;
    this.say(pointer, `must be ${wanted.join(' or ')}, is ${is}`);
    return false;
  }
  #given({ const: only, enum: some }: Schema, value: Json, pointer: string): void {
    if (only !== undefined && canonical(only) !== canonical(value)) this.say(pointer, `must be ${canonical(only)}`);
    if (Array.isArray(some) && !some.some((one) => canonical(one) === canonical(value)))
      this.say(pointer, `must be one of ${some.slice(0, 10).map(canonical).join(', ')}`);
  }
  #many(what: string, count: number, least: Json | undefined, most: Json | undefined, pointer: string): void {
    if (isNumber(least) && count < least) this.say(pointer, `must have at least ${least} ${what}`);
    if (isNumber(most) && count > most) this.say(pointer, `must have at most ${most} ${what}`);
  }
  #text(schema: Schema, value: string, pointer: string): void {
    const { minLength, maxLength, pattern, format } = schema;
    if (minLength !== undefined || maxLength !== undefined) this.#many('characters', Array.from(value).length, minLength, maxLength, pointer);
    if (typeof pattern === 'string' && !compilePattern(pattern).matcher(value).find()) this.say(pointer, `must match ${pattern}`);
    if (typeof format === 'string' && Object.hasOwn(FORMATS, format) && !FORMATS[format]!(value)) this.say(pointer, `must be a ${format}`);
  }
  #number(schema: Schema, value: number, pointer: string): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    if (isNumber(minimum) && value < minimum) this.say(pointer, `must be at least ${minimum}`);
    if (isNumber(maximum) && value > maximum) this.say(pointer, `must be at most ${maximum}`);
    if (isNumber(exclusiveMinimum) && value <= exclusiveMinimum) this.say(pointer, `must be more than ${exclusiveMinimum}`);
    if (isNumber(exclusiveMaximum) && value >= exclusiveMaximum) this.say(pointer, `must be less than ${exclusiveMaximum}`);
    if (isNumber(multipleOf) && multipleOf > 0 && !Number.isInteger(value / multipleOf)) this.say(pointer, `must be a multiple of ${multipleOf}`);
  }
  #list(schema: Schema, value: readonly Json[], pointer: string, depth: number): void {
    const { minItems, maxItems, uniqueItems, prefixItems, items, contains } = schema;
    this.#many('elements', value.length, minItems, maxItems, pointer);
    if (uniqueItems === true && new Set(value.map(canonical)).size < value.length) this.say(pointer, 'must not have an element twice');
    const first = Array.isArray(prefixItems) ? prefixItems : [];
    if (contains !== undefined && !value.some((one) => this.fits(contains, one, depth + 1)))
      this.say(pointer, 'lacks an element of the kind that must be there');
    for (const [index, one] of value.entries()) {
      if (this.found.length >= MOST_MISFITS) return;
      this.look(first[index] ?? items, one, `${pointer}/${index}`, depth + 1);
    }
  }
  #required(required: Json | undefined, value: Fields, pointer: string): void {
    for (const key of Array.isArray(required) ? required : [])
      if (typeof key === 'string' && !Object.hasOwn(value, key)) this.say(`${pointer}/${key}`, 'is missing');
  }
  #fields(schema: Schema, value: Fields, pointer: string, depth: number): void {
    const { required, minProperties, maxProperties, propertyNames } = schema;
    const [known, patterns] = [schema['properties'], schema['patternProperties']].map((one) => (isFields(one) ? one : {})) as [Fields, Fields];
    const keys = Object.keys(value);
    this.#required(required, value, pointer);
    this.#many('fields', keys.length, minProperties, maxProperties, pointer);
    for (const key of keys) {
      if (this.found.length >= MOST_MISFITS) return;
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const meant = Object.entries(patterns).filter(([pattern]) => compilePattern(pattern).matcher(key).find());
      if (propertyNames !== undefined) this.look(propertyNames, key, at, depth + 1);
      const own = [...(Object.hasOwn(known, key) ? [known[key]!] : []), ...meant.map(([, one]) => one)];
      if (own.length === 0 && schema['additionalProperties'] === false) this.say(at, 'is not a field that is known here');
      else for (const one of own.length > 0 ? own : [schema['additionalProperties']]) this.look(one, value[key]!, at, depth + 1);
    }
  }
  #combined(schema: Schema, value: Json, pointer: string, depth: number): void {
    const { allOf, anyOf, oneOf, not } = schema;
    if (Array.isArray(allOf)) for (const one of allOf) this.look(one, value, pointer, depth + 1);
    if (Array.isArray(anyOf) && !anyOf.some((one) => this.fits(one, value, depth + 1))) this.say(pointer, 'fits none of the alternatives');
    if (Array.isArray(oneOf) && oneOf.filter((one) => this.fits(one, value, depth + 1)).length !== 1)
      this.say(pointer, 'must fit exactly one of the alternatives');
    if (not !== undefined && this.fits(not, value, depth + 1)) this.say(pointer, 'is what it must not be');
    const { if: condition, then, else: otherwise } = schema;
    if (condition !== undefined) this.look(this.fits(condition, value, depth + 1) ? then : otherwise, value, pointer, depth + 1);
  }
}

/** In what a value does not fit a schema; at most 50. Throws RangeError for a schema whose patterns cannot be read. */
export function misfits(schema: Json, value: Json): Misfit[] {
  const looking = new Looking(isFields(schema) ? schema : {});
  looking.look(schema, value, '', 0);
  return looking.found;
}

/** What is wrong with a schema itself, as far as it would keep us from reading it. */
export function schemaFault(schema: Json): string | undefined {
  if (!isFields(schema)) return 'a schema is an object';
  try {
    const patterns = (one: Json): void => {
      if (Array.isArray(one)) one.forEach(patterns);
      else if (isFields(one)) {
        if (typeof one['pattern'] === 'string') compilePattern(one['pattern']);
        if (isFields(one['patternProperties'])) Object.keys(one['patternProperties']).forEach(compilePattern);
        Object.values(one).forEach(patterns);
      }
    };
    patterns(schema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
