/** The kinds of plan that a tenant can be on (platform.md 8.1). Values are the catalogue's; prices belong to billing. */
export interface PlanRow {
  key: string;
  name: string;
  /** Boolean: on or off. Number: a limit. Null: no limit. */
  features: Readonly<Record<string, boolean | number | null>>;
}

const plan = (key: string, name: string, features: PlanRow['features']): PlanRow => ({ key, name, features });

export const PLANS: Readonly<Record<string, PlanRow>> = {
  free: plan('free', 'Free', {
    seats: 1, servers: 10, workflows: 10, webhookEndpoints: 2, auditDays: 30, customRoles: 0, domains: 0,
    workflowNodes: 200, workflowWebhooks: 10, scheduleRunsPerHour: 4, executionsRunning: 2, executionStartsPerMinute: 10, aiGenerationsPerMinute: 10, executionsQueued: 10_000, executionDays: 30, executionFileMiB: 100, aiTokensPerDay: 10_000,
    socialSignIn: true, moreSocialSignIn: false, oidcSignIn: false, ssoEnforced: false, customDomain: false, branding: false, approvals: true,
  }),
  basic: plan('basic', 'Basic', {
    seats: 50, servers: 50, workflows: null, webhookEndpoints: 10, auditDays: 90, customRoles: 5, domains: 0,
    workflowNodes: 200, workflowWebhooks: 50, scheduleRunsPerHour: 60, executionsRunning: 10, executionStartsPerMinute: 50, aiGenerationsPerMinute: 30, executionsQueued: 10_000, executionDays: 90, executionFileMiB: 100, aiTokensPerDay: 100_000,
    socialSignIn: true, moreSocialSignIn: true, oidcSignIn: false, ssoEnforced: false, customDomain: false, branding: true, approvals: true,
  }),
  business: plan('business', 'Business', {
    seats: 200, servers: 500, workflows: null, webhookEndpoints: 50, auditDays: 400, customRoles: 50, domains: 5,
    workflowNodes: 500, workflowWebhooks: 200, scheduleRunsPerHour: 60, executionsRunning: 50, executionStartsPerMinute: 100, aiGenerationsPerMinute: 60, executionsQueued: 10_000, executionDays: 400, executionFileMiB: 500, aiTokensPerDay: 500_000,
    socialSignIn: true, moreSocialSignIn: true, oidcSignIn: true, ssoEnforced: false, customDomain: true, branding: true, approvals: true,
  }),
  enterprise: plan('enterprise', 'Enterprise', {
    seats: null, servers: null, workflows: null, webhookEndpoints: 200, auditDays: null, customRoles: 100, domains: 5,
    workflowNodes: 500, workflowWebhooks: null, scheduleRunsPerHour: 360, executionsRunning: 200, executionStartsPerMinute: 500, aiGenerationsPerMinute: 200, executionsQueued: 100_000, executionDays: 400, executionFileMiB: 2_000, aiTokensPerDay: 2_000_000,
    socialSignIn: true, moreSocialSignIn: true, oidcSignIn: true, ssoEnforced: true, customDomain: true, branding: true, approvals: true,
  }),
}; // prettier-ignore

export const planOf = (key: string): PlanRow => PLANS[key] ?? PLANS['free']!;

/** A limit of the plan; null for none. */
export function limitOf(key: string, feature: string): number | null {
  const value = planOf(key).features[feature];
  return typeof value === 'number' ? value : value === null || value === true ? null : 0;
}

export const hasFeature = (key: string, feature: string): boolean => planOf(key).features[feature] === true;

/** The next plan that allows more of it, for the words of a refusal; undefined at the top. */
export function upgradeFor(key: string, feature: string): string | undefined {
  const now = limitOf(key, feature);
  return Object.values(PLANS).find((one) => now !== null && ((one.features[feature] ?? Infinity) === true || one.features[feature] === null || Number(one.features[feature]) > now))?.key; // prettier-ignore
}
