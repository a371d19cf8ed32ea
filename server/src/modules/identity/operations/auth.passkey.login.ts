import { defineOperation } from '#kernel/operation.ts';
import { actingAs } from '../factors/own.ts';
import { PasskeySignIn } from '../factors/ports.ts';
import { asAssertion, Assertion, ChallengeId } from '../factors/schemas.ts';
import { LoginInput, SignInAnswer, signInAnswer } from '../schemas.ts';
import { arrivalOf } from './auth.login.ts';

export const authPasskeyLogin = defineOperation({
  name: 'auth.passkey.login',
  summary: 'Sign in with a passkey',
  description: 'A passkey that checked who is using it (by PIN, finger or face) counts as two factors; one that did not is the first of two.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  route: { method: 'POST', path: '/auth/passkey/login' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: LoginInput.pick({ tenant: true, tokenType: true, rememberMe: true }).extend({ challengeId: ChallengeId, response: Assertion }),
  output: SignInAnswer,
  targets: 'none',
  async run(ctx, { challengeId, response, tokenType, tenant, rememberMe }) {
    const arrival = arrivalOf(ctx, { kind: tokenType, tenant, rememberMe });
    return signInAnswer(await ctx.provider(PasskeySignIn).signIn({ challengeId, response: asAssertion(response) }, arrival, actingAs(ctx)));
  },
});
