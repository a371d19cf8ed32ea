import type { z } from 'zod';
import type { AnyOperation } from './operation.ts';
import { Problem, type FieldError } from './problem.ts';

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Faults that are told of one input; nobody reads more, and the answer must not outgrow the request. */
const TOLD = 100;

/** Zod's issues with a JSON pointer each (RFC 6901); unknown fields point at the field itself. */
export const fieldErrors = (issues: readonly z.core.$ZodIssue[]): FieldError[] =>
  issues
    .flatMap((issue): FieldError[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, TOLD).map((key) => ({ pointer: pointerOf([...issue.path, key]), message: 'There is no such field', code: issue.code }))
        : [{ pointer: pointerOf(issue.path), message: issue.message, code: issue.code ?? 'custom' }],
    )
    .slice(0, TOLD);

/** Text that no database keeps: NUL, and halves of characters (lone surrogates). */
const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function textFaults(value: unknown, path: readonly PropertyKey[] = []): FieldError[] {
  if (typeof value === 'string')
    return isText(value) ? [] : [{ pointer: pointerOf(path), message: 'It holds characters that are not text', code: 'not_text' }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (isText(key) ? textFaults(inner, [...path, key]) : textFaults(key, path)));
}

/** Made once: a new schema is compiled at its first use, which costs more than all else in a call. */
const strict = new WeakMap<AnyOperation, z.ZodObject>();
function strictInput(operation: AnyOperation): z.ZodObject {
  const input = operation.input as z.ZodObject;
  // Another site's server words these, and may add what we do not know (RFC 6749, 4.1.2).
  if (operation.redirect || operation.form) return input;
  let found = strict.get(operation);
  if (!found) strict.set(operation, (found = input.strict()));
  return found;
}

/** The input as the operation's schema reads it; unknown fields are refused, so a typing error is never silently dropped. */
export function validated(operation: AnyOperation, raw: unknown): Record<string, unknown> {
  const parsed = strictInput(operation).safeParse(raw ?? {});
  const errors = parsed.success ? textFaults(parsed.data).slice(0, TOLD) : fieldErrors(parsed.error.issues);
  if (parsed.success && errors.length === 0) return parsed.data;
  const first = errors[0]!;
  throw new Problem(
    'validation-failed',
    `${operation.name}: ${first.pointer || 'the input'}: ${first.message}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}.`,
    { errors },
  );
}
