import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Federation, SignInWays } from '../federation/port.ts';
import { OfferedProvider } from '../federation/schemas.ts';

export const authProviders = defineOperation({
  name: 'auth.providers',
  summary: 'List the ways to sign in',
  description:
    'With an address, also the identity provider of the organisation that owns its domain. Nothing here depends on whether there is an account with that address.',
  permission: 'auth:login',
  risk: 'read',
  access: 'public',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/auth/providers' },
  input: z.object({
    email: z.string().trim().max(254).optional().meta({ title: 'E-mail', widget: 'email' }),
    tenant: z.string().trim().max(253).optional().meta({ title: 'Tenant', help: 'Slug or host name of the organisation whose sign-in page it is' }),
  }),
  output: z.object({
    providers: z.array(OfferedProvider),
    password: z.boolean(),
    passkeys: z.boolean(),
    sso: z
      .object({ provider: z.string(), name: z.string(), startUrl: z.string(), enforced: z.boolean() })
      .nullable()
      .meta({ help: 'Of the organisation that owns the domain; enforced: no other way leads in' }),
    signup: z.enum(['open', 'invite_only', 'closed']),
    mail: z
      .enum(['smtp', 'files'])
      .meta({ help: 'files: this installation has no mail server; its mails are files on the server, in the folder mail of its data' }),
  }),
  targets: 'none',
  async run(ctx, { email, tenant }) {
    const { providers, sso } = await ctx.provider(Federation).offer({ email, tenant: tenant ?? ctx.browser?.host });
    const { signup, mail } = ctx.provider(SignInWays);
    return {
      providers,
      password: !sso?.enforced,
      passkeys: !sso?.enforced,
      sso: sso && { provider: sso.provider.id, name: sso.provider.name, startUrl: sso.provider.startUrl, enforced: sso.enforced },
      signup,
      mail,
    };
  },
});
