import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from './own.ts';
import { Enrolment } from './ports.ts';
import { PROOF } from './rules.ts';

/** The operation that removes a factor of which a person has one at most. */
export const disableOf = <K extends 'totp' | 'sms'>(kind: K, summary: string) =>
  defineOperation({
    name: `auth.mfa.${kind}.disable`,
    summary,
    description: 'Needs a second factor of the last five minutes. Refused when a tenant demands one and none would be left. Other sessions have to prove themselves again.', // prettier-ignore
    permission: 'auth:login',
    risk: 'write',
    change: 'none',
    access: 'self',
    stepUp: PROOF.change,
    route: { method: 'DELETE', path: `/auth/mfa/${kind}` },
    hiddenFrom: ['mcp', 'cli', 'workflow'],
    input: z.object({}),
    output: z.object({ removed: z.literal(kind) }),
    targets: 'none',
    async run(ctx) {
      await ctx.provider(Enrolment).remove(selfOf(ctx), kind);
      announce(ctx, 'auth.mfa_disabled', { factor: kind });
      return { removed: kind };
    },
  });
