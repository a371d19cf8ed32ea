import { z } from 'zod';
import { REVIEW_VERDICTS } from './rules.ts';

const Named = z.object({ id: z.string(), name: z.string() });
const Time = z.iso.datetime();

export const EmergencyUse = z.object({
  id: z.uuid(),
  by: Named,
  reason: z.string(),
  ticket: z.string(),
  skipped: z.array(z.string()).meta({ help: 'Rules that would have asked for an approval or another time' }),
  usedAt: Time,
  reviewDueAt: Time,
  overdue: z.boolean(),
  reminders: z.int(),
  review: z.object({ verdict: z.enum(REVIEW_VERDICTS), by: Named, comment: z.string(), at: Time }).nullable(),
});
export type EmergencyUse = z.infer<typeof EmergencyUse>;

export const Emergency = EmergencyUse.extend({
  change: z.object({ id: z.uuid(), number: z.string(), operation: z.string(), summary: z.string(), state: z.string(), environment: z.string().nullable() }),
  mayReview: z.object({ allowed: z.boolean(), reason: z.string().nullable() }),
}); // prettier-ignore
export type Emergency = z.infer<typeof Emergency>;
