import { queryOptions } from '@tanstack/react-query';
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
export interface Organization {
  id: string;
  slug: string;
  name: string;
  type: 'personal' | 'organization' | 'exchange-member';
  status: string;
  plan: string;
  trialEndsAt: string | null;
  company: Company;
  ownerId: string | null;
  createdAt: string;
  version: number;
}

export const SIGN_IN_WAYS = ['password', 'passkey', 'google', 'github', 'microsoft', 'apple', 'peeringdb', 'oidc'] as const;
export interface Settings {
  changes: { emergenciesPerDay: number };
  security: {
    mfa: 'off' | 'optional' | 'required';
    passwordMinLength: number;
    passwordClasses: boolean;
    sessionIdleMinutes: number;
    sessionAbsoluteHours: number;
    ipAllowList: string[];
    allowedSignIn: (typeof SIGN_IN_WAYS)[number][];
    ssoEnforced: boolean;
    apiKeyMaxDays: number;
    supportAccess: 'ask' | 'allow' | 'never';
  };
  notifications: { securityMail: boolean; changesMail: boolean };
  defaults: { locale: 'en' | 'de'; zone: string; currency: string; environment: string | null };
  data: { framework: 'gdpr' | 'ccpa' | 'hipaa' | 'soc2' | 'custom'; auditRetentionDays: number; readRetentionDays: number; region: string };
  ai: { models: string[]; workflows: boolean };
  agents: { apiKeys: boolean; clients: 'any' | 'listed'; decisions: boolean; tools: 'all' | 'search'; favourites: string[] };
  version: number;
  /** Since when a second factor is demanded. */
  mfaSince: string | null;
}
export interface Branding {
  logoUrl: string | null;
  iconUrl: string | null;
  /** `#rrggbb` */
  primaryColor: string | null;
  loginText: string | null;
  mailSenderName: string | null;
  supportLink: string | null;
  version: number;
}
export interface ServerAnswer {
  server: string;
  answer: string;
  ok: boolean;
}
export interface Domain {
  id: string;
  domain: string;
  state: 'pending' | 'verified' | 'live' | 'stale';
  records: { type: 'TXT' | 'CNAME'; name: string; value: string; purpose: string }[];
  checks: ServerAnswer[];
  lastCheckedAt: string | null;
  nextCheckAt: string;
  verifiedAt: string | null;
  endsAt: string | null;
  createdAt: string;
}
export interface Offer {
  fromId: string;
  toId: string;
  expiresAt: string;
}

export const pathOf = (id: string, part = ''): string => `/tenants/${id}${part}`;
const read = <T>(path: string) => queryOptions({ queryKey: [path], queryFn: ({ signal }) => request<T>('GET', path, { signal }) });

export const organizationQuery = (id: string) => read<Organization>(pathOf(id));
export const settingsQuery = (id: string) => read<Settings>(pathOf(id, '/settings'));
export const brandingQuery = (id: string) => read<Branding>(pathOf(id, '/branding'));
export const offerQuery = (id: string) => read<{ pending: Offer | null }>(pathOf(id, '/transfer-ownership'));
export const domainsQuery = (id: string) => read<Page<Domain>>(pathOf(id, '/domains'));
