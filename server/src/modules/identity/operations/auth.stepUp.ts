import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { selfOf } from '../factors/own.ts';
import { StepUp } from '../factors/ports.ts';
import { answerOf, Assertion, Factor, Password, passwordOf } from '../factors/schemas.ts';
import { signedIn, SignedIn } from '../schemas.ts';

export const authStepUp = defineOperation({
  name: 'auth.stepUp',
  summary: 'Prove once more who you are',
  description:
    'Some operations ask for a proof of the last minutes. Who has a second factor proves that; the password is enough for nobody else. The session goes on with a new token of the same kind.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  session: 'start',
  route: { method: 'POST', path: '/auth/step-up' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({
    factor: z.enum(['password', ...Factor.options]),
    code: z.string().trim().min(1).max(20).optional().meta({ title: 'Code', secret: true }),
    password: Password.optional(),
    response: Assertion.optional(),
  }),
  output: SignedIn,
  targets: 'none',
  async run(ctx, { factor, code, password, response }) {
    const given = factor === 'password' ? { factor, password: passwordOf(password) } : answerOf({ factor, code, response });
    return signedIn(await ctx.provider(StepUp).prove(selfOf(ctx), given));
  },
});
