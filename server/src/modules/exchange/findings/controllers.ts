import type { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import { FINDING_CLASSES, type Finding } from '../controllers/schemas.ts';
import { boundTo } from '../controllers/store.ts';
import type { FindingClass } from './schemas.ts';
import { severityOf } from './rules.ts';
import { keepFindings } from './store.ts';

const IDENTITY: FindingClass = 'identity_changed';
const LOOKED: ReadonlySet<FindingClass> = new Set([...FINDING_CLASSES, IDENTITY]);

/** What a preflight found. One that failed saw nothing, but for another controller that answered. */
export async function keepOfController(ctx: WorkContext, controllerId: string, problem: Problem | null, found: readonly Omit<Finding, 'since'>[]): Promise<void> {
  if (problem && problem.slug !== 'controller-identity-changed') return;
  if (problem) {
    const detail = scrub(problem.message, ctx.tenantId).slice(0, 1_000);
    return keepFindings(ctx, { controllerId }, new Set(), [{ class: IDENTITY, severity: severityOf(IDENTITY), mode: 'report', detail, fabricId: null }]);
  }
  const bound = await boundTo(ctx, [controllerId]);
  const fabricOf = (networkId: string): string | null => bound.find(({ network }) => network.networkId === networkId)?.fabric.id ?? null;
  const rows = found.map(({ class: kind, severity, detail, networkId, nodeId }) => ({ class: kind, severity, detail, networkId, nodeId, mode: 'report' as const, fabricId: fabricOf(networkId) }));
  await keepFindings(ctx, { controllerId }, LOOKED, rows);
} // prettier-ignore
