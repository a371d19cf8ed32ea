import { z } from 'zod';
import { SUBJECT_KINDS } from './quotas.ts';

export const Subject = z
  .string()
  .regex(/^(?:tenant|(?:role|user|key):[\w-]{1,64})$/, 'Write role:<key>, user:<id>, key:<id> or tenant.')
  .meta({ title: 'Whom it is for', help: 'role:<key>, user:<id>, key:<id>, or tenant', examples: ['role:viewer'] });

const calls = (title: string, max: number) => z.int().min(1).max(max).nullable().meta({ title, help: 'Empty keeps the default' });
export const Amounts = z.object({
  perMinute: calls('Calls a minute', 1_000_000),
  perHour: calls('Operations an hour', 10_000_000),
  perDay: calls('Operations a day', 100_000_000),
});

export const Limit = Amounts.extend({
  subject: z.string(),
  kind: z.enum(SUBJECT_KINDS),
  /** What holds where nothing is set; null where that depends on somebody's roles. */
  defaults: z.object({ perMinute: z.int().nullable(), perHour: z.int().nullable(), perDay: z.int().nullable() }),
  /** The tenant has set something of its own. */
  own: z.boolean(),
  version: z.int(),
});
export type Limit = z.infer<typeof Limit>;

export const Usage = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      limit: z.int(),
      remaining: z.int(),
      windowSeconds: z.int(),
      /** When a call is possible again, or when the window ends. */
      resetAt: z.iso.datetime(),
    }),
  ),
});
