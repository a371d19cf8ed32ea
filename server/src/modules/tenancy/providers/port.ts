import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';

export interface TenantRecord {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  createdAt: Date;
}

/** Tenants themselves: outside every tenant, so read by the platform. */
export interface Tenants {
  get: (tenantId: string) => Promise<TenantRecord | undefined>;
  /** Those the person is an active member of, the oldest membership first. */
  mine: (userId: string) => Promise<TenantRecord[]>;
}
export const Tenants = definePort<Tenants>('tenancy.tenants');

/** Who holds which roles here; module access answers. */
export interface RolesOfMembers {
  roles: (db: Database, tenantId: string, memberIds: readonly string[]) => Promise<Map<string, { key: string; name: string }[]>>;
}
export const RolesOfMembers = definePort<RolesOfMembers>('tenancy.roles');
