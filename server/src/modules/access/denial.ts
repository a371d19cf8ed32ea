import type { Actor } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Right, Verdict, Wanted } from './rules.ts';
import { rolesHolding } from './rules.ts';

type Denied = Exclude<Verdict, { allowed: true }>;
type RoleRights = Parameters<typeof rolesHolding>[0];

const listed = (keys: readonly string[]): string => (keys.length > 0 ? keys.join(', ') : 'none of this tenant');
const grantors = (roles: RoleRights): string[] => rolesHolding(roles, { name: 'grants.create', permission: 'grants:write', risk: 'high' });

export const whyDenied = (verdict: Denied, wanted: Wanted, cap: readonly string[] | null): string => {
  if (verdict.stage === 'deny') return `${wanted.name} needs ${wanted.permission}, and that is denied to you directly, whatever your roles hold`;
  if (verdict.stage === 'token')
    return `${wanted.name} needs ${wanted.permission}, and this API key is limited to ${(cap ?? []).join(', ') || 'nothing'}`;
  if (verdict.stage === 'permission') return `${wanted.name} needs ${wanted.permission}, and none of your grants in force holds it`;
  const roles = [...new Set(verdict.grants.map((grant: Right) => `${grant.role} (up to ${grant.maxRisk})`))].join(', ');
  return `${wanted.name} has risk ${wanted.risk}, and your roles with ${wanted.permission} stop before: ${roles}`;
};

/** Each scope of an agent's token implies the lower ones, so one is all that is missing. */
const tooDaring = ({ name, risk, permission }: Wanted, cap: string): Problem =>
  new Problem(
    'insufficient-token-scope',
    `${name} has risk ${risk}, and this agent was connected for switchyard.${cap} only. Connect it again and allow switchyard.${risk}.`,
    { permission, scopes: [`switchyard.${risk}`] },
  );

/** The refusal of the Gate's fourth step: what is missing, which roles hold it, and which roles may give them. Roles, never people. */
export function denial(
  verdict: Denied,
  wanted: Wanted,
  { permissionCap, riskCap }: Pick<Actor, 'permissionCap' | 'riskCap'>,
  roles: RoleRights,
): Problem {
  const why = whyDenied(verdict, wanted, permissionCap);
  if (verdict.stage === 'token' && riskCap !== undefined) return tooDaring(wanted, riskCap);
  if (verdict.stage === 'token')
    return new Problem('insufficient-token-scope', `${why}. Use another key, or make one with this permission.`, { permission: wanted.permission });
  if (verdict.stage === 'deny')
    return new Problem('permission-denied', `${why}. Roles that may lift it: ${listed(grantors(roles))}.`, {
      permission: wanted.permission, risk: wanted.risk, roles: [], grantedBy: grantors(roles), denied: true,
    }); // prettier-ignore
  const holders = rolesHolding(roles, wanted);
  const givers = grantors(roles);
  return new Problem('permission-denied', `${why}. Roles that allow it: ${listed(holders)}. Roles that may give one: ${listed(givers)}.`, {
    permission: wanted.permission, risk: wanted.risk, roles: holders, grantedBy: givers,
  }); // prettier-ignore
}
