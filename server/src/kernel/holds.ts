import type { Database } from './database.ts';
import { definePort } from './port.ts';

/** Legal holds, for whoever deletes something; module audit answers. */
export interface LegalHolds {
  /** Is every deletion of the tenant stopped? */
  isHeld: (db: Database, tenantId: string) => Promise<boolean>;
}
export const LegalHolds = definePort<LegalHolds>('audit.holds');
