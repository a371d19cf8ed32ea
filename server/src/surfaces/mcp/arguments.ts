import { z } from 'zod';
import type { AnyOperation, Envelope } from '#kernel/operation.ts';
import { Problem, type FieldError } from '#kernel/problem.ts';
import { defectOf } from '../json.ts';
import { plansByDefault, toolOf } from './tools.ts';

const Arguments = z.object({
  dryRun: z.boolean().optional(),
  draft: z.boolean().optional(),
  emergency: z.boolean().optional(),
  comment: z.string().max(4_096).optional(),
  ticket: z.string().max(255).optional(),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters').optional(),
  ifMatch: z.string().max(128).optional(),
  wait: z.int().min(0).max(30).optional(),
}); // prettier-ignore

interface Read {
  input: Record<string, unknown>;
  envelope: Envelope;
  wait: number;
}

/** Parts the arguments into the operation's own and those that accompany it. */
export function readArguments(operation: AnyOperation, given: Record<string, unknown>): Read {
  const defect = defectOf(given);
  if (defect) throw new Problem('malformed-request', `The arguments cannot be used: ${defect}.`);
  if (operation.risk === 'read') return { input: given, envelope: {}, wait: 0 };
  // Also where there is no plan: whoever always tries first reads why it cannot be tried, and not that the field is unknown.
  const names = ['dryRun', ...Object.keys(toolOf(operation).inputSchema.properties ?? {})].filter(
    (name) => name in Arguments.shape && !(name in operation.input.shape),
  );
  const parsed = Arguments.safeParse(Object.fromEntries(names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]])));
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue): FieldError => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
    throw new Problem('validation-failed', `${operation.name}: ${errors[0]!.pointer}: ${errors[0]!.message}.`, { errors });
  }
  const { wait = 0, ...envelope } = parsed.data;
  const input = Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
  return { input, wait, envelope: { ...envelope, dryRun: envelope.dryRun ?? (plansByDefault(operation) && !envelope.draft) } };
}
