import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { dayOf } from '../budget-rules.ts';
import { UsageView } from '../schemas.ts';
import { usageIn } from '../usage.ts';

const DAY_MS = 86_400_000;
/** Days at once. */
const LONGEST = 400;

export const aiUsageGet = defineOperation({
  name: 'ai.usage.get',
  summary: 'Show what models were used and what it cost',
  description: 'By day, model, purpose and workflow. Tokens as providers count them, cost by the prices of the catalogue. Days are those of UTC.',
  permission: 'ai:read',
  risk: 'read',
  route: { method: 'GET', path: '/ai/usage' },
  input: z.object({
    from: z.iso.date().optional().meta({ title: 'From', help: 'The last 30 days when left out' }),
    to: z.iso.date().optional().meta({ title: 'Until', help: 'Included; today when left out' }),
  }),
  output: UsageView,
  targets: 'none',
  async run({ db, tenantId, now }, { from, to = dayOf(now()) }) {
    const first = from ?? dayOf(new Date(Date.parse(to) - 29 * DAY_MS));
    const days = (Date.parse(to) - Date.parse(first)) / DAY_MS + 1;
    const message = days < 1 ? 'It ends before it begins' : days > LONGEST ? `At most ${LONGEST} days at once` : null;
    if (message !== null) throw new Problem('validation-failed', `${message}.`, { errors: [{ pointer: '/from', message }] });
    return usageIn(db, tenantId, first, to);
  },
});
