import { z } from 'zod';
import type { TenantRow } from './tables.ts';

export const TenantStatus = z.enum(['active', 'trialing', 'past_due', 'read_only', 'suspended', 'deleting', 'deleted']);
export type TenantStatus = z.infer<typeof TenantStatus>;
export const TenantType = z.enum(['personal', 'organization', 'exchange-member']);

const line = (title: string, max = 200) => z.string().trim().max(max).optional().meta({ title });
const Contact = z.object({
  type: z.enum(['billing', 'technical', 'security', 'abuse', 'legal']).meta({ title: 'Kind' }),
  name: z.string().trim().min(1).max(100).meta({ title: 'Name' }),
  email: z.email().max(254).meta({ title: 'E-mail', widget: 'email' }),
  phone: line('Phone', 40),
});
export const Company = z.object({
  legalName: line('Legal name'),
  registration: line('Registration number', 100),
  vat: line('VAT number', 50),
  addressLine1: line('Address'),
  addressLine2: line('Address, second line'),
  postalCode: line('Postal code', 20),
  city: line('City', 100),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1)')
    .optional()
    .meta({ title: 'Country', examples: ['DE'] }),
  contacts: z.array(Contact).max(20).optional().meta({ title: 'Contacts' }),
});
export type Company = z.infer<typeof Company>;

export const tenantName = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .meta({ title: 'Name', examples: ['Acme Networks'] });
export const slugField = z
  .string()
  .max(50)
  .meta({ title: 'Slug', help: '3 to 50 lower case letters, digits and hyphens; part of the address', examples: ['acme'] });
export const planKey = z.enum(['free', 'basic', 'business', 'enterprise']);

export const Tenant = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  type: TenantType,
  status: TenantStatus,
  region: z.string(),
  plan: z.string(),
  chosenPlan: z.string().nullable().meta({ help: 'What was asked for when the tenant was made, where another plan is in force' }),
  trialEndsAt: z.iso.datetime().nullable(),
  suspendedReason: z.string().nullable(),
  company: Company,
  ownerId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  version: z.int(),
  deletion: z.object({ requestedAt: z.iso.datetime(), restorableUntil: z.iso.datetime() }).nullable(),
});
export const tenant = (row: TenantRow): z.input<typeof Tenant> => ({
  id: row.id, slug: row.slug, name: row.name, type: row.type, status: row.status, region: row.region, plan: row.plan, chosenPlan: row.chosenPlan,
  trialEndsAt: row.trialEndsAt?.toISOString() ?? null, suspendedReason: row.suspendedReason, company: row.company, ownerId: row.ownerId,
  createdAt: row.createdAt.toISOString(), version: row.version,
  deletion: row.deletionRequestedAt && row.restorableUntil ? { requestedAt: row.deletionRequestedAt.toISOString(), restorableUntil: row.restorableUntil.toISOString() } : null,
}); // prettier-ignore

/** Path parameter of everything below `/tenants/{id}`. */
export const tenantId = z.uuid().meta({ title: 'Tenant', widget: 'tenant' });
