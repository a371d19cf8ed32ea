import { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import { sql, type SQL } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';

const VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Why a label key cannot be used, or null: a name of at most 63, with an optional prefix of at most 253 and a slash. */
export function keyFault(key: string): string | null {
  if (key.startsWith('switchyard-') || key.startsWith('switchyard/')) return 'keys that begin with "switchyard-" are reserved';
  const at = key.indexOf('/');
  const prefix = at < 0 ? null : key.slice(0, at);
  const name = key.slice(at + 1);
  if (prefix !== null && (prefix.length > 253 || !PREFIX.test(prefix))) return 'the prefix before "/" must be a host name of at most 253 characters';
  return name.length <= 63 && NAME.test(name)
    ? null
    : 'a key has 1 to 63 letters, digits, "-", "_" and ".", and begins and ends with a letter or digit';
}

export const Labels = z
  .record(z.string(), z.string())
  .superRefine((labels, ctx) => {
    if (Object.keys(labels).length > 32) ctx.addIssue({ code: 'custom', message: 'at most 32 labels' });
    for (const [key, value] of Object.entries(labels)) {
      const fault = keyFault(key);
      if (fault) ctx.addIssue({ code: 'custom', path: [key], message: fault });
      if (value.length > 63 || !VALUE.test(value))
        ctx.addIssue({ code: 'custom', path: [key], message: 'a value has at most 63 letters, digits, "-", "_" and "."' });
    }
  })
  .meta({ title: 'Labels', widget: 'labels' });

interface Is<O extends string> {
  op: O;
  key: string;
}
type Term =
  | (Is<'is'> & { value: string })
  | (Is<'isNot'> & { value: string })
  | (Is<'in'> & { values: string[] })
  | (Is<'notIn'> & { values: string[] })
  | Is<'has'>
  | Is<'hasNot'>;

const TERM = /^(?:(!)?\s*([^\s=!(),]+)|([^\s=!(),]+)\s*(==|=|!=)\s*([^\s=!(),]*)|([^\s=!(),]+)\s+(in|notin)\s*\(([^()]*)\))$/;

/** Splits at commas that are not inside brackets. */
const parts = (text: string): string[] => text.split(/,(?![^(]*\))/).map((part) => part.trim());

function term(text: string): Term {
  const match = TERM.exec(text);
  const wrong = (why: string): never => {
    throw new Problem('label-invalid', `In the label selector, "${text.slice(0, 80)}" cannot be read: ${why}.`, {
      errors: [{ pointer: '/labelSelector', message: why }],
    });
  };
  if (!match) return wrong('expected a==b, a!=b, a in (x,y), a notin (x,y), a or !a');
  const [, not, bare, key, op, value, listKey, listOp, list] = match;
  if (bare !== undefined) return { op: not ? 'hasNot' : 'has', key: bare };
  if (key !== undefined) return { op: op === '!=' ? 'isNot' : 'is', key, value: value! };
  const values = list!.split(',').map((item) => item.trim());
  if (values.some((item) => !VALUE.test(item))) return wrong('a value in the brackets is not a label value');
  return { op: listOp === 'in' ? 'in' : 'notIn', key: listKey!, values };
}

/** Grammar: `a==b`, `a!=b`, `a in (x,y)`, `a notin (x,y)`, `a`, `!a`, joined by commas that mean "and". Throws `label-invalid`. */
export function parseSelector(text: string): Term[] {
  const found = parts(text);
  if (found.length > 20)
    throw new Problem('label-invalid', 'A label selector has at most 20 terms.', {
      errors: [{ pointer: '/labelSelector', message: 'too many terms' }],
    });
  return found.map(term);
}

/** Whether labels fit; like the SQL below, a negative term also fits where the key is absent. */
export const matches = (terms: readonly Term[], labels: Record<string, string>): boolean =>
  terms.every((each) => {
    const value = Object.hasOwn(labels, each.key) ? labels[each.key] : undefined;
    if (each.op === 'has') return value !== undefined;
    if (each.op === 'hasNot') return value === undefined;
    if (each.op === 'is') return value === each.value;
    if (each.op === 'isNot') return value !== each.value;
    return each.op === 'in' ? value !== undefined && each.values.includes(value) : value === undefined || !each.values.includes(value);
  });

export const selectorWhere = (terms: readonly Term[], column: PgColumn): SQL[] =>
  terms.map((each) => {
    if (each.op === 'has') return sql`jsonb_exists(${column}, ${each.key})`;
    if (each.op === 'hasNot') return sql`not jsonb_exists(${column}, ${each.key})`;
    if (each.op === 'is') return sql`${column} @> ${JSON.stringify({ [each.key]: each.value })}::jsonb`;
    if (each.op === 'isNot') return sql`not ${column} @> ${JSON.stringify({ [each.key]: each.value })}::jsonb`;
    const within = sql`${column} ->> ${each.key} = any(${sql.param(each.values)}::text[])`;
    return each.op === 'in' ? within : sql`coalesce(not ${within}, true)`;
  });
