import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requirePeeringdb } from '../federation/peeringdb-page.ts';
import { Federation } from '../federation/port.ts';
import { CallbackInput } from '../federation/schemas.ts';
import { comeBack, FLOW_COOKIE, given, visitorOf } from '../federation/visit.ts';
import { LoginInput, signInAnswer, SignInAnswer } from '../schemas.ts';
import { arrivalOf } from './auth.login.ts';

export const authPeeringdbCallback = defineOperation({
  name: 'auth.peeringdb.callback',
  summary: 'Finish a PeeringDB sign-in with what came to the page',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  route: { method: 'POST', path: '/identity/peeringdb/callback' },
  input: z.object({ ...CallbackInput, ...LoginInput.pick({ tenant: true, tokenType: true, rememberMe: true }).shape }),
  output: SignInAnswer,
  targets: 'none',
  async run(ctx, { tenant, tokenType, rememberMe, ...fields }) {
    await requirePeeringdb(ctx);
    const { code } = await comeBack(ctx, { provider: 'peeringdb', parameters: given(fields), byPage: true });
    const concluded = await ctx.provider(Federation).complete(code!, visitorOf(ctx), arrivalOf(ctx, { kind: tokenType, tenant, rememberMe }));
    ctx.browser?.setCookie(FLOW_COOKIE, '', { maxAgeSeconds: 0 });
    return signInAnswer(concluded);
  },
});
