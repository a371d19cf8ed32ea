import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../factors/own.ts';
import { Challenges } from '../factors/ports.ts';
import { ChallengeId, Sent } from '../factors/schemas.ts';

export const authMfaSendChallenge = defineOperation({
  name: 'auth.mfa.sendChallenge',
  summary: 'Text a code for the second step of a sign-in',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  route: { method: 'POST', path: '/auth/mfa/challenge/send' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ challengeId: ChallengeId }),
  output: Sent,
  targets: 'none',
  run: async (ctx, { challengeId }) => ({ status: 'sent' as const, ...(await ctx.provider(Challenges).send(challengeId, fromOf(ctx))) }),
});
