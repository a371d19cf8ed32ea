import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { actingAs, fromOf } from '../factors/own.ts';
import { Challenges } from '../factors/ports.ts';
import { FACTORS } from '../factors/rules.ts';
import { answerOf, Assertion, ChallengeId, Factor } from '../factors/schemas.ts';
import { DEVICE_COOKIE } from '../own.ts';
import { SignInAnswer, signInAnswer } from '../schemas.ts';

export const authMfaChallenge = defineOperation({
  name: 'auth.mfa.challenge',
  summary: 'Answer the second step of a sign-in',
  description:
    'Opens the session that the first step asked for. Five wrong answers end the challenge; ten in a row lock second factors for 15 minutes.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  route: { method: 'POST', path: '/auth/mfa/challenge' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({
    challengeId: ChallengeId,
    factor: Factor,
    code: z.string().trim().min(1).max(20).optional().meta({ title: 'Code', secret: true }),
    response: Assertion.optional(),
    trustDevice: z.boolean().default(false).meta({ title: 'Trust this device for seven days' }),
  }),
  output: SignInAnswer,
  targets: 'none',
  async run(ctx, { challengeId, trustDevice, ...given }) {
    const answer = { ...answerOf(given), challengeId, trustDevice: trustDevice && ctx.browser !== undefined };
    const { concluded, deviceToken } = await ctx.provider(Challenges).answer(answer, fromOf(ctx), actingAs(ctx));
    if (deviceToken !== undefined) ctx.browser?.setCookie(DEVICE_COOKIE, deviceToken, { maxAgeSeconds: FACTORS.device.trusted / 1000 });
    return signInAnswer(concluded);
  },
});
