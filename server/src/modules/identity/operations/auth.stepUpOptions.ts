import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { selfOf } from '../factors/own.ts';
import { StepUp } from '../factors/ports.ts';
import { WebauthnOptions } from '../factors/schemas.ts';

export const authStepUpOptions = defineOperation({
  name: 'auth.stepUpOptions',
  summary: 'Prepare a proof by passkey or SMS',
  description: 'For a passkey: what it has to sign. For SMS: texts the code.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/step-up/options' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ factor: z.enum(['webauthn', 'sms']).default('webauthn').meta({ title: 'Factor' }) }),
  output: z.object({
    options: WebauthnOptions.optional(),
    phone: z.string().optional().meta({ help: 'Most of it hidden' }),
    resendAfterSeconds: z.int().optional(),
  }),
  targets: 'none',
  async run(ctx, { factor }) {
    const prepared = await ctx.provider(StepUp).options(selfOf(ctx), factor);
    return 'options' in prepared ? { options: { ...prepared.options } } : prepared;
  },
});
