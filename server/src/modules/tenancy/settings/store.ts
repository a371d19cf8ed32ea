import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { fieldErrors } from '#kernel/validate.ts';
import { ownTenant, requireSeen } from '../own.ts';
import { hasFeature, upgradeFor } from '../plans.ts';
import { tenantSettings } from '../tables.ts';
import { differences, isAdmitted, isSecurityRelevant, mergePatch, type Difference } from './rules.ts';
import { Settings, settingsOf } from './schema.ts';

export const SettingsView = Settings.extend({ version: z.int(), mfaSince: z.iso.datetime().nullable() });

export interface StoredSettings {
  value: Settings;
  mfaSince: Date | null;
  version: number;
}

export async function readSettings({ db, tenantId }: ReadContext, lock = false): Promise<StoredSettings> {
  const query = db.select().from(tenantSettings).where(eq(tenantSettings.tenantId, tenantId));
  const [row] = await (lock ? query.for('update') : query);
  return { value: settingsOf(row?.value), mfaSince: row?.mfaSince ?? null, version: row?.version ?? 1 };
}

export const settingsView = ({ value, mfaSince, version }: StoredSettings): z.input<typeof SettingsView> => ({
  ...value,
  mfaSince: mfaSince?.toISOString() ?? null,
  version,
});

/** Groups as a merge patch (RFC 7396) brings them. */
export type Patch = Partial<Record<keyof Settings, Record<string, unknown> | undefined>> & { version?: number | undefined };

export interface Edit {
  before: StoredSettings;
  after: Settings;
  changed: Difference[];
  risky: boolean;
}

/** What the patch would make of the settings. Throws `validation-failed`, `version-conflict`, `would-lock-out` or `feature-not-in-plan`. */
export async function editOf(ctx: ReadContext, { version, ...patch }: Patch, lock = false): Promise<Edit> {
  const before = await readSettings(ctx, lock);
  requireSeen('The settings', before.version, ctx, version);
  const given = Object.fromEntries(Object.entries(patch).filter(([, group]) => group !== undefined));
  const parsed = Settings.safeParse(mergePatch(before.value, given));
  if (!parsed.success)
    throw new Problem('validation-failed', `The settings cannot be used: ${parsed.error.issues[0]!.message}.`, {
      errors: fieldErrors(parsed.error.issues),
    });
  const after = parsed.data;
  const changed = differences(before.value, after);
  requireStillAdmitted(ctx, before.value, after);
  await requireInPlan(ctx, before.value, after);
  return { before, after, changed, risky: changed.some(isSecurityRelevant) };
}

function requireStillAdmitted(ctx: ReadContext, before: Settings, after: Settings): void {
  if (JSON.stringify(before.security.ipAllowList) === JSON.stringify(after.security.ipAllowList)) return;
  if (ctx.actor.ip === null || isAdmitted(ctx.actor.ip, after.security.ipAllowList)) return;
  throw new Problem('would-lock-out', `Your own address ${ctx.actor.ip} is in none of these networks. Add it, or you could not call again.`, {
    errors: [{ pointer: '/security/ipAllowList', message: `Does not include ${ctx.actor.ip}` }],
  });
}

async function requireInPlan(ctx: ReadContext, before: Settings, after: Settings): Promise<void> {
  if (!after.security.ssoEnforced || before.security.ssoEnforced) return;
  const { plan } = await ownTenant(ctx);
  requireFeature(plan, 'ssoEnforced', 'Enforcing single sign-on');
}

/** Throws `feature-not-in-plan`. */
export function requireFeature(plan: string, feature: string, what: string): void {
  if (hasFeature(plan, feature)) return;
  throw new Problem('feature-not-in-plan', `${what} is not in the plan ${plan}; it is in ${upgradeFor(plan, feature) ?? 'none'}.`, {
    feature,
    upgradeTo: upgradeFor(plan, feature) ?? null,
  });
}
