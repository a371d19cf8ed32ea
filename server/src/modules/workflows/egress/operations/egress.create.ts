import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { exceptionFault } from '#kernel/outbound-egress.ts';
import { Problem } from '#kernel/problem.ts';
import { Egress } from '../port.ts';
import '../problems.ts';
import { Exception, exceptionFields, exceptionView } from '../schemas.ts';
import { egressExceptions } from '../tables.ts';

/** Each is looked at with every request. */
const EXCEPTIONS = 100;

function requireGood({ provider }: Pick<ReadContext, 'provider'>, wish: { kind: 'cidr' | 'host'; value: string }): void {
  const why = exceptionFault(wish, provider(Egress).openable);
  if (why !== null)
    throw new Problem('egress-exception-refused', `"${wish.value}" cannot be opened: ${why}.`, { errors: [{ pointer: '/value', message: why }] });
}

export const egressCreate = defineOperation({
  name: 'egress.create',
  summary: 'Let workflows reach a network or a name',
  description:
    'Requests of workflows go to the internet on the ports of the web, and nowhere else. This opens a private network that whoever runs the installation lets tenants open, or further ports. Addresses of this installation and of metadata services stay closed. In force everywhere within 5 seconds.',
  permission: 'egress:manage',
  risk: 'high',
  input: z.object({
    kind: exceptionFields.kind,
    value: exceptionFields.value,
    ports: exceptionFields.ports.default([]),
    reason: exceptionFields.reason,
  }),
  output: Exception,
  targets: (_ctx, { value }) => [{ type: 'egressException', id: 'new', name: value }],
  plan(ctx, wish) {
    requireGood(ctx, wish);
    const { kind, value, ports, reason } = wish;
    return {
      summary: `Let workflows reach ${value}${ports.length > 0 ? ` on ports ${ports.join(', ')}` : ''}`,
      changes: [
        {
          action: 'create',
          type: 'egressException',
          name: value,
          fields: Object.entries({ kind, value, ports, reason }).map(([path, after]) => ({ path, before: null, after })),
        },
      ],
      reversible: 'Delete the exception. What was sent stays with its receiver.',
    };
  },
  async run(ctx, wish) {
    requireGood(ctx, wish);
    const { db, tenantId, actor, now } = ctx;
    const [found] = await db.select({ used: count() }).from(egressExceptions).where(eq(egressExceptions.tenantId, tenantId));
    if (found!.used >= EXCEPTIONS) throw new Problem('egress-exception-refused', `There are ${EXCEPTIONS} exceptions already. Delete one that nobody needs.`);
    const [row] = await db
      .insert(egressExceptions)
      .values({ tenantId, id: newId(), ...wish, createdBy: actor.id, createdByName: actor.name, createdAt: now(), updatedAt: now() })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('egress-exception-exists', `"${wish.value}" is open already.`) : error;
      });
    return exceptionView(row!);
  },
}); // prettier-ignore
