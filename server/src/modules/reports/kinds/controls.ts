import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';
import type { Column, Kind } from '../kind.ts';
import { CONTROLS, type Figures } from './control-list.ts';

const COLUMNS: readonly Column[] = [
  { key: 'framework', title: 'Framework', width: 6 },
  { key: 'control', title: 'Control', width: 5 },
  { key: 'title', title: 'Title', width: 14 },
  { key: 'how', title: 'What meets it here', width: 34 },
  { key: 'evidence', title: 'Evidence in the range', width: 24 },
  { key: 'link', title: 'Where', width: 12 },
];

/** Which controls of SOC 2 and ISO 27001 the product does something for, what that is, and what of it happened in the range. */
export const controls: Kind = {
  key: 'controls',
  title: 'Controls',
  about:
    'Controls of SOC 2 (CC6 to CC8) and ISO 27001 (A.5, A.8) with what meets them here and figures of the range as evidence. A picture of the moment.',
  filters: [],
  scoped: false,
  picture: true,
  columns: () => COLUMNS,
  async page(db, { tenantId, from, to, cutoff }) {
    const before = to < cutoff ? to : cutoff;
    const during = (column: string) => sql`${sql.raw(column)} >= ${from} and ${sql.raw(column)} < ${before}`;
    const trail = sql`from audit_entries where tenant_id = ${tenantId} and kept = 'evidence' and id >= ${idAt(from)} and id < ${idAt(before)}`;
    const standing = sql`g.revoked_at is null and g.valid_from <= ${cutoff} and g.valid_until is null`;
    const { rows } = await db.execute<Figures & Record<string, unknown>>(sql`
      select (select count(*)::int from members where tenant_id = ${tenantId} and kind <> 'service' and status = 'active') as people,
        (select count(*)::int from members where tenant_id = ${tenantId} and kind = 'service') as machines,
        (select count(distinct g.subject_id)::int from grants g join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id where g.tenant_id = ${tenantId} and ${standing} and r.level <= 10) as "standingAdmins",
        (select count(*)::int ${trail} and operation = any('{auth.login,auth.localLogin,auth.oauth.callback,auth.oidc.callback,auth.passkey.login,auth.mfa.challenge}') and result = 'success') as "signIns",
        (select count(*)::int from grants where tenant_id = ${tenantId} and ${during('created_at')}) as "grantsGiven",
        (select count(*)::int from grants where tenant_id = ${tenantId} and ${during('revoked_at')}) as "grantsEnded",
        (select count(*)::int from access_reviews where tenant_id = ${tenantId} and ${during('created_at')}) as reviews,
        (select count(*)::int from access_review_decisions where tenant_id = ${tenantId} and ${during('created_at')}) as reviewed,
        (select coalesce(sum(occurrences), 0)::int ${trail} and result = 'denied') as denied,
        (select coalesce(sum(occurrences), 0)::int ${trail} and reason->>'code' = 'self-approval-forbidden') as "selfApprovals",
        (select count(*)::int ${trail}) as entries,
        c.changes, c.agreed, c.failed, c.undone, u.emergencies, u.reviewed as "emergenciesReviewed",
        (select count(*)::int from policy_sets where tenant_id = ${tenantId}) as policies,
        (select count(*)::int from audit_anchors where tenant_id = ${tenantId} and ${during('at')}) as anchors,
        s.events as "securityEvents", s.open as "securityOpen", d.found as drift, d.open as "driftOpen"
      from (select count(*)::int as changes, count(*) filter (where approved_at is not null)::int as agreed, count(*) filter (where state in ('failed', 'rolled_back', 'rollback_failed', 'partially_succeeded'))::int as failed,
          count(*) filter (where state = 'rolled_back' or rolled_back_by is not null)::int as undone from changes where tenant_id = ${tenantId} and ${during('created_at')}) c,
        (select count(*)::int as emergencies, count(*) filter (where reviewed_at is not null)::int as reviewed from emergencies where tenant_id = ${tenantId} and ${during('used_at')}) u,
        (select count(*)::int as events, count(*) filter (where state in ('new', 'acknowledged', 'investigating'))::int as open from security_events where tenant_id = ${tenantId} and ${during('last_at')}) s,
        (select count(*)::int as found, count(*) filter (where status = 'open')::int as open from drift_findings where tenant_id = ${tenantId} and ${during('created_at')}) d`); // prettier-ignore
    const figures = rows[0]!;
    return { rows: CONTROLS.map(({ evidence, ...control }) => ({ ...control, evidence: evidence(figures) })), next: null };
  },
};
