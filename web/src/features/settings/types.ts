import type { Risk } from '#lib/types.ts';

export interface ApiKey {
  id: string;
  name: string;
  /** The part that may be seen. */
  prefix: string;
  /** What it may do at most; null for all that its owner may. */
  permissions: string[] | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}
export interface NewApiKey extends ApiKey {
  key: string;
}
export interface Member {
  id: string;
  name: string;
  email: string;
  status: 'active' | 'suspended';
  roles: { key: string; name: string }[];
  joinedAt: string;
}
export interface Role {
  id: string;
  key: string;
  name: string;
  description: string;
  /** 1 has the most power. */
  level: number;
  maxRisk: Risk;
  /** `servers:*`, `*:read` */
  patterns: string[];
  system: boolean;
  /** People with a grant in force or to come. */
  members: number;
}
