import type { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { RulingView } from '#modules/policies/index.ts';

/** What rules said in a decision, for thirty days after it. */
export interface DecisionDetails {
  of: (db: Database, tenantId: string, decisionId: string) => Promise<(z.input<typeof RulingView> & { phase: 'request' | 'plan' | 'apply' }) | null>;
}
export const DecisionDetails = definePort<DecisionDetails>('audit.decision-details');
