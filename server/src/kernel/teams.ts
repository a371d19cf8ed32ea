import type { Database } from './database.ts';
import { definePort } from './port.ts';

/** Somebody in a team. */
export interface Teammate {
  id: string;
  name: string;
}

/** Teams of people, for rules that name one and for those who ask whether two people work together; module access answers. */
export interface Teams {
  /** Slugs of the teams that a person is in. */
  of: (db: Database, tenantId: string, userId: string) => Promise<string[]>;
  /** Active people of a team; none when there is no such team. */
  members: (db: Database, tenantId: string, slug: string) => Promise<Teammate[]>;
}
export const Teams = definePort<Teams>('access.teams');
