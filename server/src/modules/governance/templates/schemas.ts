import { z } from 'zod';
import { Scope } from '#kernel/scope.ts';
import { TEMPLATE_STATES } from './rules.ts';

const Time = z.iso.datetime();
const hhmm = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Hours and minutes such as 08:30');
export const TemplateId = z.uuid().meta({ title: 'Template' });

export const Window = z.strictObject({
  timezone: z.string().max(60).default('UTC').meta({ title: 'Time zone' }),
  windows: z
    .array(
      z.strictObject({
        days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1).max(7),
        from: hhmm,
        to: hhmm,
      }),
    )
    .min(1)
    .max(20),
}); // prettier-ignore

/** What a template says; a Scope by groups would follow whoever edits the group, so it names things itself. */
export const TemplateFields = {
  name: z.string().trim().min(2).max(100).meta({ title: 'Name' }),
  description: z.string().trim().max(1000).default('').meta({ title: 'Description', widget: 'textarea' }),
  operation: z.string().max(100).meta({ title: 'Operation', examples: ['servers.reboot'] }),
  when: z.string().trim().min(1).max(4000).nullable().default(null).meta({ title: 'Only if', help: 'CEL over input, user, resources, plan; empty: any input', widget: 'textarea', examples: ['input.size == "small"'] }),
  scope: Scope.refine((scope) => 'all' in scope || scope.any.every(({ groups }) => groups === undefined), 'Name types, ids, environments or labels; no groups').meta({ title: 'Targets', widget: 'scope' }),
  window: Window.nullable().default(null).meta({ title: 'Only then', help: 'Empty: at any time' }),
  maxRuns: z.int().min(1).max(1000).meta({ title: 'Runs at most' }),
  maxRunsHours: z.int().min(1).max(720).default(24).meta({ title: 'Within hours' }),
  validUntil: Time.meta({ title: 'Valid until', help: 'At most 180 days ahead' }),
}; // prettier-ignore

export const ChangeTemplate = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  operation: z.string(),
  when: z.string().nullable(),
  scope: Scope,
  window: Window.nullable(),
  maxRuns: z.int(),
  maxRunsHours: z.int(),
  validUntil: Time,
  status: z.enum([...TEMPLATE_STATES, 'expired']),
  suspendedReason: z.string().nullable(),
  owner: z.object({ id: z.string(), name: z.string() }),
  agreedAt: Time,
  runs: z.object({ total: z.int(), failed: z.int() }).meta({ help: 'Among the last twenty since it was agreed to' }),
  version: z.int(),
  createdAt: Time,
  updatedAt: Time,
});
export type ChangeTemplate = z.infer<typeof ChangeTemplate>;
