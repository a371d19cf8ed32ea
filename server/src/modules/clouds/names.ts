import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import { findings, servers } from './tables.ts';

interface Reader {
  db: Database;
  tenantId: string;
}

/** Names must be free here and, as far as the last pass saw, at the provider. Throws `name-conflict` that names them. */
export async function requireFreeNames({ db, tenantId }: Reader, connectionId: string, names: readonly string[]): Promise<void> {
  const wanted = [...names];
  const here = await db
    .select({ name: servers.name })
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), eq(servers.connectionId, connectionId), inArray(servers.name, wanted), isNull(servers.deletedAt)));
  const there = await db
    .select({ name: findings.name })
    .from(findings)
    .where(
      and(
        eq(findings.tenantId, tenantId),
        eq(findings.connectionId, connectionId),
        inArray(findings.kind, ['unmanaged', 'orphan', 'duplicate']),
        inArray(findings.status, ['open', 'ignored']),
        inArray(findings.name, wanted),
      ),
    );
  const taken = [...new Set([...here, ...there].map(({ name }) => name))].sort();
  if (taken.length === 0) return;
  const where = here.length > 0 ? 'on this connection' : 'at the provider, by a server that is not managed here (you can import it)';
  throw new Problem(
    'name-conflict',
    `${taken.map((name) => `"${name}"`).join(', ')} ${taken.length === 1 ? 'is' : 'are'} taken ${where}. Choose another name.`,
    { taken },
  );
}
