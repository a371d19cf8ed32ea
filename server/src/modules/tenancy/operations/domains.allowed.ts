import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { normalDomain } from '../domains/rules.ts';
import { Hosts } from '../providers/port.ts';

export const domainsAllowed = defineOperation({
  name: 'domains.allowed',
  summary: 'Say whether a certificate may be asked for a domain',
  description:
    'For a proxy in front that gets certificates on demand: 200 for the subdomain or proven domain of a tenant, 404 for every other name, so that strangers cannot make it ask for any.',
  permission: 'tenants:look',
  risk: 'read',
  access: 'public',
  route: { method: 'GET', path: '/public/domains/allowed' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ domain: z.string().min(1).max(253).meta({ title: 'Domain' }) }),
  output: z.object({ allowed: z.literal(true) }),
  targets: 'none',
  async run(ctx, { domain }) {
    const name = normalDomain(domain);
    if (name === undefined || (await ctx.provider(Hosts).tenantOf(name)) === undefined)
      throw new Problem('not-found', 'No tenant is reached by this name.');
    return { allowed: true as const };
  },
});
