import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { textOn } from '../branding/rules.ts';
import { Hosts } from '../providers/port.ts';
import { TenantStatus } from '../schemas.ts';

export const tenantsPublicConfig = defineOperation({
  name: 'tenants.publicConfig',
  summary: 'Show what the sign-in page of a tenant looks like',
  description: 'By host name (its own domain or subdomain) or slug: name, branding and ways to sign in, nothing else.',
  permission: 'tenants:look',
  risk: 'read',
  access: 'public',
  route: { method: 'GET', path: '/public/tenants/by-host' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    host: z
      .string()
      .trim()
      .min(1)
      .max(253)
      .meta({ title: 'Host name', examples: ['acme.switchyard.example'] }),
  }),
  output: z.object({
    tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string(), status: TenantStatus }),
    branding: z.object({
      logoUrl: z.string().nullable(),
      iconUrl: z.string().nullable(),
      primaryColor: z.string().nullable(),
      textColor: z.string().nullable(),
      loginText: z.string().nullable(),
      supportLink: z.string().nullable(),
    }),
    signIn: z.object({ methods: z.array(z.string()), ssoEnforced: z.boolean() }),
    movedTo: z.string().nullable().meta({ help: 'The tenant has another name now; go on there' }),
  }),
  targets: 'none',
  async run(ctx, { host }) {
    const found = await ctx.provider(Hosts).publicTenant(host.replace(/:\d+$/, ''));
    if (!found) throw new Problem('tenant-not-found', 'No tenant is reached by this name.');
    const { id, slug, name, status, branding, signIn, movedTo } = found;
    const url = (kind: 'logo' | 'icon', there: boolean): string | null => (there ? `/api/v1/public/tenants/${id}/${kind}` : null);
    const { hasLogo, hasIcon, primaryColor, loginText, supportLink } = branding;
    return {
      tenant: { id, slug, name, status },
      branding: { logoUrl: url('logo', hasLogo), iconUrl: url('icon', hasIcon), primaryColor, textColor: primaryColor && textOn(primaryColor), loginText, supportLink },
      signIn,
      movedTo,
    }; // prettier-ignore
  },
});
