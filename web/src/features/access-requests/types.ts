import type { Scope } from '#features/settings/types.ts';
import type { Named } from '#lib/types.ts';

export interface AccessRequest {
  id: string;
  requester: Named & { email: string };
  role: { id: string; key: string; name: string };
  permission: string | null;
  scope: Scope;
  minutes: number;
  startAt: string | null;
  reason: string;
  status: 'pending' | 'approved' | 'rejected' | 'cancelled' | 'expired' | 'ended' | 'scheduled' | 'active';
  expiresAt: string;
  decidedBy: Named | null;
  comment: string | null;
  grant: { id: string; from: string; until: string } | null;
  extendsId: string | null;
  createdAt: string;
  actions: { decide: boolean; cancel: boolean; end: boolean; extend: boolean };
}
