import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { PasskeySignIn } from '../factors/ports.ts';
import { ChallengeId, WebauthnOptions } from '../factors/schemas.ts';

export const authPasskeyOptions = defineOperation({
  name: 'auth.passkey.options',
  summary: 'Ask what a passkey has to sign to sign in',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  route: { method: 'POST', path: '/auth/passkey/options' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({}),
  output: z.object({ challengeId: ChallengeId, options: WebauthnOptions }),
  targets: 'none',
  async run({ provider }) {
    const { challengeId, options } = await provider(PasskeySignIn).options();
    return { challengeId, options: { ...options } };
  },
});
