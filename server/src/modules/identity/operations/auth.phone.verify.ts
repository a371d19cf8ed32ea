import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireProof } from '#kernel/proof.ts';
import { selfOf } from '../factors/own.ts';
import { Phones } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';
import { SixDigits } from '../factors/schemas.ts';

export const authPhoneVerify = defineOperation({
  name: 'auth.phone.verify',
  summary: 'Verify a phone number of yours',
  description:
    'Without a code: texts one. With it: the number is yours. Another number in place of one needs a fresh proof, and SMS codes rest for 24 hours after it.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/phone/verify' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({
    phone: z
      .string()
      .trim()
      .min(4)
      .max(40)
      .meta({ title: 'Phone', help: 'With its country, as in +49 30 901820', examples: ['+4930901820'] }),
    code: SixDigits.optional(),
  }),
  output: z.object({ status: z.enum(['sent', 'verified']), resendAfterSeconds: z.int().optional() }),
  targets: 'none',
  async run(ctx, { phone: typed, code }) {
    const self = selfOf(ctx);
    const phones = ctx.provider(Phones);
    const phone = phones.read(typed);
    const current = await phones.current(self.userId);
    if (current !== null && current !== phone) requireProof(ctx.actor, PROOF.change, 'Another phone number', ctx.now());
    if (code === undefined) return { status: 'sent' as const, ...(await phones.send(self, phone)) };
    await phones.confirm(self, phone, code);
    return { status: 'verified' as const };
  },
});
