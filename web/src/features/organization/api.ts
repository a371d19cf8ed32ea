import { queryOptions } from '@tanstack/react-query';
import type { Answer, Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import type { Page } from '#lib/types.ts';

export const CONTACTS = ['billing', 'technical', 'security', 'abuse', 'legal'] as const;
export interface Contact {
  type: (typeof CONTACTS)[number];
  name: string;
  email: string;
  phone?: string;
}
export const COMPANY_FIELDS = ['legalName', 'registration', 'vat', 'addressLine1', 'addressLine2', 'postalCode', 'city', 'country'] as const;
export type CompanyField = (typeof COMPANY_FIELDS)[number];
export type Company = Partial<Record<CompanyField, string>> & { contacts?: Contact[] };
export type Organization = Answer<'tenants.get'>;

export const SIGN_IN_WAYS = ['password', 'passkey', 'google', 'github', 'microsoft', 'apple', 'peeringdb', 'oidc'] as const;
export type Settings = Answer<'tenants.settings.get'>;
export type Branding = Answer<'tenants.branding.get'>;
export type Domain = Item<'tenants.domains.list'>;
export type ServerAnswer = Domain['checks'][number];

export const pathOf = (id: string, part = ''): string => `/tenants/${id}${part}`;
const read = <T>(path: string) => queryOptions({ queryKey: [path], queryFn: ({ signal }) => request<T>('GET', path, { signal }) });

export const organizationQuery = (id: string) => read<Organization>(pathOf(id));
export const settingsQuery = (id: string) => read<Settings>(pathOf(id, '/settings'));
export const brandingQuery = (id: string) => read<Branding>(pathOf(id, '/branding'));
export const offerQuery = (id: string) => read<Answer<'tenants.transferStatus'>>(pathOf(id, '/transfer-ownership'));
export const domainsQuery = (id: string) => read<Page<Domain>>(pathOf(id, '/domains'));
