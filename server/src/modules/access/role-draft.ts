import { z } from 'zod';
import { PATTERN } from './patterns.ts';
import { Risk } from './schemas.ts';
import type { RoleRow } from './tables.ts';

/** governance.md 18 and 5.2. */
export const ROLES = { perTenant: 100, patterns: 200 } as const;

const Pattern = z.string().max(100).regex(PATTERN, 'resource:action, with * for a whole part');

/** What an editor says about a role of the tenant's own. */
export const Draft = z.object({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{2,49}$/, 'Lower case letters, digits and underscores, 3 to 50, beginning with a letter')
    .meta({ title: 'Key', help: 'For the API and the command line; stays as it is', examples: ['network_lead'] }),
  name: z.string().trim().min(1).max(100).meta({ title: 'Name' }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  level: z.int().min(2).max(100).meta({ title: 'Level', help: '2 has the most power; not below your own best' }),
  maxRisk: Risk.meta({ title: 'Highest risk' }),
  patterns: z
    .array(Pattern)
    .min(1)
    .max(ROLES.patterns)
    .meta({ title: 'Permissions', help: 'Patterns such as `servers:*` or `*:read`', widget: 'permissions' }),
  requiresMfa: z.boolean().meta({ title: 'Demands a second factor', help: 'Of everybody who holds it, at once' }),
});
export type Draft = z.infer<typeof Draft>;

export const draftOf = ({ key, name, description, level, maxRisk, patterns, requiresMfa }: RoleRow): Draft => ({
  key, name, description, level, maxRisk, patterns, requiresMfa,
}); // prettier-ignore

/** As it is stored: each pattern once, in order. What an editor said is checked first, so that pointers name the places they know. */
export const tidied = (draft: Draft): Draft => ({ ...draft, patterns: [...new Set(draft.patterns)].sort() });

/** The part of an edit that says something; a field left out stays as it is. */
export type Edit = { [K in keyof Omit<Draft, 'key'>]?: Draft[K] | undefined };

export const edited = (row: RoleRow, edit: Edit): Draft => {
  const said = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as Partial<Draft>;
  return { ...draftOf(row), ...said };
};

/** Fields in which two roles differ, for a plan. */
export const fieldsOf = (before: Draft | null, after: Draft | null) =>
  (['name', 'description', 'level', 'maxRisk', 'patterns', 'requiresMfa'] as const)
    .filter((path) => JSON.stringify(before?.[path]) !== JSON.stringify(after?.[path]))
    .map((path) => ({ path, ...(before ? { before: before[path] } : {}), ...(after ? { after: after[path] } : {}) }));
