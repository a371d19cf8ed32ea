import { z } from 'zod';
import type { EventDeclaration } from '#kernel/module.ts';
import type { SecretRow } from './tables.ts';

const Told = {
  id: z.uuid(),
  kind: z.enum(['secret', 'variable']),
  name: z.string(),
  project: z.string().nullable(),
  environment: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
};
const declared = (summary: string, more: Record<string, z.ZodType> = {}): EventDeclaration => ({ summary, data: z.object({ ...Told, ...more }) });

/** What every announcement says of a secret or variable, so that receivers can choose by environment and labels. */
export const told = ({ id, kind, name, project, environment, tags }: SecretRow) => ({ id, kind, name, project, environment, labels: tags });

export const secretEvents: Record<string, EventDeclaration> = {
  'secret.created': declared('A secret or variable was stored'),
  'secret.updated': declared('A secret or variable was changed', { fields: z.array(z.string()) }),
  'secret.rotated': declared('The value of a secret was replaced, or an earlier one put in force again', {
    version: z.int(),
    generated: z.boolean(),
    restoredFrom: z.int().nullable(),
  }),
  'secret.deleted': declared('A secret or variable was deleted; a secret can be restored until `purgeAfter`', {
    purgeAfter: z.iso.datetime().nullable(),
  }),
  'secret.restored': declared('A deleted secret came back'),
  'secret.expiring': declared('A secret or variable expires, or is to be rotated, in 30, 7 or 1 days; told once each', {
    what: z.enum(['expiry', 'rotation']),
    days: z.int(),
    expiresAt: z.iso.datetime(),
    recipients: z.array(z.string()),
  }),
  'secret.exported': {
    summary: 'Values were exported into an encrypted file',
    data: z.object({
      exportId: z.uuid(),
      count: z.int(),
      format: z.string(),
      reason: z.string(),
      requesterId: z.string(),
      requester: z.string(),
      recipients: z.array(z.string()),
    }),
  },
  'secret.undecryptable': {
    summary: 'A stored value does not open where it lies',
    data: z.object({ id: z.uuid(), kind: Told.kind, name: z.string(), version: z.int() }),
  },
};
