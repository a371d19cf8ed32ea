import { z } from 'zod';
import type { TeamRow } from './tables.ts';

export const TEAMS = { perTenant: 500, members: 500 } as const;

/** As policies name a team. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,62}$/, 'Small letters, digits and hyphens, beginning with a letter')
  .meta({ title: 'Short name', help: 'What policies call it; it stays as it is', examples: ['change-board'] });

export const TeamFields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ title: 'Name', examples: ['Change board'] }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  members: z.array(z.uuid()).max(TEAMS.members).meta({ title: 'Members', widget: 'members' }),
};

/** What identifies a team: its id, or its short name. */
export const TeamId = z
  .string()
  .min(1)
  .max(64)
  .meta({ title: 'Team', help: 'Id or short name', examples: ['change-board'] });

export const Team = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  members: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), active: z.boolean() })),
  version: z.int(),
  createdAt: z.iso.datetime(),
});
export type Team = z.infer<typeof Team>;

export const teamOf = (row: TeamRow, members: Team['members']): Team => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  description: row.description,
  members,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
});
