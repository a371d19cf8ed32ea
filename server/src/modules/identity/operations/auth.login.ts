import { defineOperation } from '#kernel/operation.ts';
import { Accounts } from '../providers/port.ts';
import { LoginInput, signedIn, SignedIn } from '../schemas.ts';

export const authLogin = defineOperation({
  name: 'auth.login',
  summary: 'Sign in with e-mail and password',
  description:
    'Opens a session of 256 random bits. It ends eight hours after its last use and after seven days at the latest. The answer to an unknown address and to a wrong password is the same.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  session: 'start',
  hiddenFrom: ['mcp', 'workflow'],
  input: LoginInput,
  output: SignedIn,
  targets: 'none',
  async run(ctx, { email, password, tenant, tokenType }) {
    const ip = ctx.actor.ip;
    const issued = await ctx.provider(Accounts).signIn({ email, password, tenant, tokenType, ip }, (person, home) =>
      // A wrong password is on record too, in the tenant of the account that was tried.
      ctx.actAs({ kind: 'user', ...person, tenantId: home.tenantId, tenantSlug: home.slug, credentialId: null, permissionCap: null, ip }),
    );
    return signedIn(issued);
  },
});
