import { z } from 'zod';
import { Draft } from './role-draft.ts';

/** Roles as a file, to carry them to another tenant. Ids, people and system roles stay behind. */
export const RoleDocument = z.strictObject({
  format: z.literal('switchyard/roles'),
  version: z.literal(1),
  roles: z.array(z.strictObject(Draft.shape)).min(1).max(100),
});
