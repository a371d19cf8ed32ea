import type { EmergencyUse } from '#lib/types.ts';

/** As the list of emergencies shows it. */
export interface Emergency extends EmergencyUse {
  change: { id: string; number: string; operation: string; summary: string; state: string; environment: string | null };
  mayReview: { allowed: boolean; reason: string | null };
}
