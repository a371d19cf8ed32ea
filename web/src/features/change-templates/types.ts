import type { Scope } from '#features/settings/types.ts';
import type { Named } from '#lib/types.ts';

export const TEMPLATE_STATES = ['active', 'suspended', 'expired', 'retired'] as const;
export interface ChangeTemplate {
  id: string;
  name: string;
  description: string;
  operation: string;
  when: string | null;
  scope: Scope;
  window: { timezone: string; windows: { days: string[]; from: string; to: string }[] } | null;
  maxRuns: number;
  maxRunsHours: number;
  validUntil: string;
  status: (typeof TEMPLATE_STATES)[number];
  suspendedReason: string | null;
  owner: Named;
  runs: { total: number; failed: number };
}
