import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Challenges } from '../factors/ports.ts';
import { ChallengeId, WebauthnOptions } from '../factors/schemas.ts';

export const authMfaChallengeOptions = defineOperation({
  name: 'auth.mfa.challengeOptions',
  summary: 'Ask what a passkey has to sign for the second step of a sign-in',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  route: { method: 'POST', path: '/auth/mfa/challenge/options' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ challengeId: ChallengeId }),
  output: WebauthnOptions,
  targets: 'none',
  run: async ({ provider }, { challengeId }) => ({ ...(await provider(Challenges).options(challengeId)) }),
});
