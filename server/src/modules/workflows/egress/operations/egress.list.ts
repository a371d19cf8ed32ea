import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Exception, exceptionView } from '../schemas.ts';
import { egressExceptions } from '../tables.ts';

export const egressList = defineOperation({
  name: 'egress.list',
  summary: 'List what workflows may reach beside the internet',
  description: 'Networks and names that this tenant has opened for requests of its workflows, with the ports beside those of the web.',
  permission: 'egress:manage',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(Exception), nextCursor: z.null() }),
  targets: 'none',
  async run({ db, tenantId }) {
    // At most `EXCEPTIONS`, so one page.
    const rows = await db.select().from(egressExceptions).where(eq(egressExceptions.tenantId, tenantId)).orderBy(asc(egressExceptions.kind), asc(egressExceptions.value)); // prettier-ignore
    return { items: rows.map(exceptionView), nextCursor: null };
  },
});
