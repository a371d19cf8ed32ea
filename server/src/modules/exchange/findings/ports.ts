import { and, eq, inArray, isNotNull } from '#kernel/drizzle.ts';
import type { TenantJob } from '#kernel/module.ts';
import { PeerStanding } from '../joining/port.ts';
import type { Status } from '../joining/rules.ts';
import { requests, type RequestRow } from '../joining/tables.ts';
import { severityOf } from './rules.ts';
import type { FindingClass } from './schemas.ts';
import { CURRENT, keepFindings } from './store.ts';
import { findings } from './tables.ts';

const ORPHANED: FindingClass = 'orphaned_port';
const LOOKED: ReadonlySet<FindingClass> = new Set([ORPHANED]);
/** Set up, and not being taken away already. */
const STANDING: readonly Status[] = ['active', 'suspended'];

type Port = Pick<RequestRow, 'id' | 'asn' | 'fabricId'>;

/** Ports that are looked at, and those that something is still said of although they are not there any more. */
async function portsOf(job: TenantJob): Promise<{ standing: Port[]; over: string[] }> {
  return job.tx(async ({ db, tenantId }) => {
    const { id, asn, fabricId } = requests;
    const standing = await db.select({ id, asn, fabricId }).from(requests).where(and(eq(requests.tenantId, tenantId), inArray(requests.status, [...STANDING]))); // prettier-ignore
    const said = await db.select({ id: findings.requestId }).from(findings).where(and(eq(findings.tenantId, tenantId), inArray(findings.state, [...CURRENT]), isNotNull(findings.requestId))); // prettier-ignore
    const known = new Set(standing.map((port) => port.id));
    return { standing, over: said.flatMap((row) => (row.id !== null && !known.has(row.id) ? [row.id] : [])) };
  });
}

/** Ports of networks for which nobody speaks any more (exchange.md 4.1). They are told of, and never taken away by themselves. */
export async function watchPorts(job: TenantJob): Promise<void> {
  const { standing, over } = await portsOf(job);
  if (standing.length + over.length === 0) return;
  const spoken = standing.length === 0 ? new Set<number>() : await job.provider(PeerStanding).spokenFor([...new Set(standing.map(({ asn }) => asn))]);
  await job.tx(async (ctx) => {
    for (const { id, asn, fabricId } of standing) {
      const detail = `Nobody holds a right for AS${asn} any more`;
      const found = spoken.has(asn) ? [] : [{ class: ORPHANED, severity: severityOf(ORPHANED), mode: 'report' as const, detail, fabricId }];
      await keepFindings(ctx, { requestId: id }, LOOKED, found);
    }
    for (const id of over) await keepFindings(ctx, { requestId: id }, LOOKED, []);
  });
}
