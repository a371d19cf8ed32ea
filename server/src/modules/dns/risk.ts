import type { Name } from './names.ts';
import { isMassChange, sameAnswer, touchedPercent, type SetChange, type Sets } from './sets.ts';

/** Why a change may cost more than one name: each reason in words, none when it cannot. */
export function highRisk(zone: Name, before: Sets, changes: readonly SetChange[]): string[] {
  const reasons = new Set<string>();
  for (const change of changes) {
    const { name, type } = change;
    if (sameAnswer(change.before, change.after)) continue; // only a comment
    if (name === zone && (type === 'NS' || type === 'MX' || type === 'SOA')) reasons.add(`changes the ${type} records of the zone itself`);
    if (name.startsWith('*.')) reasons.add(`changes the wildcard ${name}`);
    if (name !== zone && (type === 'NS' || type === 'DS')) reasons.add(`changes the delegation of ${name}`);
    if (type === 'CAA') reasons.add(`changes which authorities may issue certificates for ${name}`);
  }
  if (isMassChange(before, changes)) reasons.add(`changes or deletes ${touchedPercent(before, changes)} % of the zone`);
  return [...reasons];
}
