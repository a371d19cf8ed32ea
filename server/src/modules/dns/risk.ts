import type { Name } from './names.ts';
import { isMassChange, sameAnswer, touchedPercent, type SetChange, type Sets } from './sets.ts';

/** What makes one changed set a risk for more than its name; undefined when it does not. */
const REASONS: readonly ((zone: Name, change: SetChange) => string | undefined)[] = [
  (zone, { name, type }) => (name === zone && ['NS', 'MX', 'SOA'].includes(type) ? `changes the ${type} records of the zone itself` : undefined),
  (_zone, { name }) => (name.startsWith('*.') ? `changes the wildcard ${name}` : undefined),
  (zone, { name, type }) => (name !== zone && (type === 'NS' || type === 'DS') ? `changes the delegation of ${name}` : undefined),
  (_zone, { name, type }) => (type === 'CAA' ? `changes which authorities may issue certificates for ${name}` : undefined),
];

/** Why a change may cost more than one name: each reason in words, none when it cannot. */
export function highRisk(zone: Name, before: Sets, changes: readonly SetChange[]): string[] {
  const answering = changes.filter((change) => !sameAnswer(change.before, change.after)); // a comment is no risk
  const reasons = answering.flatMap((change) => REASONS.map((reason) => reason(zone, change)).filter((reason) => reason !== undefined));
  if (isMassChange(before, changes)) reasons.push(`changes or deletes ${touchedPercent(before, changes)} % of the zone`);
  return [...new Set(reasons)];
}
