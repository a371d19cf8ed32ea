import type { Database } from '#kernel/database.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import type { Bundle } from './bundle.ts';
import { lastDryRun } from './dry-runs.ts';
import type { EngineFacts } from './engine/index.ts';
import { engineFacts } from './facts.ts';
import type { ChangeFacts, Surroundings } from './providers/port.ts';

/** Exemptions and spans that have not ended by then. */
export const bundleFacts = (
  { exemptions, calendars }: Pick<Bundle, 'exemptions' | 'calendars'>,
  now: Date,
): Pick<EngineFacts, 'exemptions' | 'calendars'> => ({
  exemptions: exemptions.filter(({ until }) => new Date(until) > now),
  calendars: Object.fromEntries(Object.entries(calendars).map(([name, spans]) => [name, spans.filter(({ until }) => new Date(until) > now)])),
});

const needsDryRun = ({ platform, sets, trials }: Bundle): boolean =>
  [...platform, ...sets, ...trials.map(({ set }) => set)].some(({ set }) => set.policies.some(({ type }) => type === 'require-dry-run'));

/** Looks up what rules rest on; what no rule asks for and what costs a query of its own is left out. */
export async function surround(
  db: Database,
  asked: PolicyFacts,
  bundle: Bundle,
  surroundings: Surroundings,
): Promise<{ facts: EngineFacts; change: ChangeFacts | undefined }> {
  const { actor, targets, changeId, now } = asked;
  const { tenantId } = actor;
  const wants = (word: string): boolean => bundle.mentions.has(word);
  const [person, tenant, groups, health, quota, change, dryRunAt, history] = await Promise.all([
    surroundings.person(db, tenantId, actor.id),
    surroundings.tenant(db, tenantId),
    wants('groups') && targets.length > 0 ? surroundings.groups(db, tenantId, targets) : [],
    wants('health') && targets.length > 0 ? surroundings.health(db, tenantId, targets) : [],
    wants('quota') ? surroundings.quota(db, tenantId, now) : undefined,
    changeId === null ? undefined : surroundings.change(db, tenantId, changeId),
    needsDryRun(bundle) ? lastDryRun(db, asked) : undefined,
    wants('history') ? surroundings.history(db, tenantId, targets, now) : undefined,
  ]);
  const facts = { ...engineFacts(asked, { person, tenant, groups, health, quota, change, dryRunAt, history }), ...bundleFacts(bundle, now) };
  return { facts, change };
}
