import type { Databases } from '#kernel/database.ts';
import { count } from '#kernel/drizzle.ts';
import type { Reading } from '#kernel/metrics.ts';
import { invitations } from '../tables.ts';

/** Invitations of all tenants by their state. */
export const invitationFigures = (databases: Databases): Reading => ({
  name: 'sy_invitations',
  help: 'Invitations by state',
  label: 'state',
  async read() {
    const rows = await databases.lookUp((db) => db.select({ state: invitations.state, count: count() }).from(invitations).groupBy(invitations.state));
    return new Map(rows.map((row) => [row.state, row.count]));
  },
});
