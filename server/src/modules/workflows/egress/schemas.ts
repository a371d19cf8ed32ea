import { z } from 'zod';
import type { egressExceptions } from './tables.ts';

export const exceptionFields = {
  kind: z.enum(['cidr', 'host']).meta({ title: 'Kind', help: 'cidr: a network. host: a name, or all names below one' }),
  value: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(253)
    .meta({ title: 'Network or name', examples: ['10.20.0.0/16', 'netbox.example.net', '*.example.net'] }),
  ports: z
    .array(z.int().min(1).max(65_535))
    .max(20)
    .meta({ title: 'Ports', help: 'Beside 80, 443, 8080 and 8443, and 5432 and 6432 of databases', examples: [[8006]] }),
  reason: z
    .string()
    .trim()
    .min(3)
    .max(500)
    .meta({ title: 'Reason', help: 'For whoever reads the trail', examples: ['NetBox of the core team'] }),
} as const;

export const Exception = z
  .object({
    id: z.uuid(),
    kind: z.enum(['cidr', 'host']),
    value: z.string(),
    ports: z.array(z.int()),
    reason: z.string(),
    createdBy: z.string(),
    createdByName: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'EgressException' });

export const exceptionView = ({ id, kind, value, ports, reason, createdBy, createdByName, createdAt }: typeof egressExceptions.$inferSelect): z.infer<typeof Exception> => ({
  id, kind, value, ports, reason, createdBy, createdByName, createdAt: createdAt.toISOString(),
}); // prettier-ignore
