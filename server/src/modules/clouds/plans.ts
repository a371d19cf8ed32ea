import type { Money, Plan } from '#kernel/plan.ts';
import type { Size } from './providers/port.ts';
import type { ServerRow } from './tables.ts';

type Row = Pick<ServerRow, 'id' | 'name' | 'version' | 'status' | 'size' | 'environment' | 'monthlyAmount' | 'currency' | 'diskGb'>;
type Fields = NonNullable<NonNullable<Plan['changes']>[number]['fields']>;

/** Seconds to expect, from what this kind of cloud usually takes. */
export const SECONDS = { create: 7, shutdown: 4, poweroff: 3, start: 3, reboot: 4, resize: 12, delete: 2, set: 1 } as const;

export const isProd = (environment: string | null | undefined): boolean => environment === 'prod';

/** What every plan about one server says: which version was looked at, and what the caller should know of open findings. */
export const aboutServer = (row: Row & { openFindings: number }): Pick<Plan, 'observed' | 'warnings'> => ({
  observed: { [`server:${row.id}`]: String(row.version) },
  warnings: row.openFindings > 0 ? [`"${row.name}" has ${row.openFindings} open drift finding(s): it is not as it should be already.`] : [],
});

export const serverChange = (row: Row, action: 'update' | 'delete', fields: Fields): NonNullable<Plan['changes']>[number] => ({
  action,
  type: 'server',
  id: row.id,
  name: row.name,
  fields,
});

const money = (amount: number, currency: string): Money => ({ amount, currency });

/** Cost per month of the touched servers before and after, with the difference as a fact for policies. */
export const costOf = (before: number, after: number, currency: string): Pick<Plan, 'cost'> & { delta: number } => ({
  cost: { before: money(before, currency), after: money(after, currency), exact: true },
  delta: after - before,
});

const steady = (row: Row) => costOf(row.monthlyAmount, row.monthlyAmount, row.currency).cost;

/** Plan of a power action. */
export function powerPlan(
  row: Row & { openFindings: number },
  verb: string,
  after: string,
  seconds: number,
  extra: { warnings?: string[]; reversible?: string; high?: boolean } = {},
): Plan {
  const about = aboutServer(row);
  const comesBack = after === 'running';
  return {
    summary: `${verb} ${row.name}`,
    ...(extra.high || isProd(row.environment) ? { risk: 'high' as const } : {}),
    steps: [{ title: `${verb} ${row.name}`, seconds }],
    changes: [serverChange(row, 'update', after === row.status ? [] : [{ path: 'status', before: row.status, after }])],
    downtime: row.status === 'stopped' ? { kind: 'none', seconds: 0 } : { kind: comesBack ? 'restart' : 'outage', seconds },
    reversible: extra.reversible ?? null,
    cost: steady(row),
    facts: { affected: 1, downtimeSeconds: row.status === 'stopped' ? 0 : seconds, costDeltaMonthly: 0 },
    observed: about.observed ?? {},
    warnings: [...(about.warnings ?? []), ...(extra.warnings ?? [])],
  };
}

interface ResizeWish {
  growDisk: boolean;
  running: boolean;
}

const resizeSteps = (row: Row, size: Size, running: boolean): NonNullable<Plan['steps']> => [
  ...(running ? [{ title: `Stop ${row.name}`, seconds: SECONDS.shutdown }] : []),
  { title: `Change the size to ${size.id}`, seconds: SECONDS.resize },
  ...(running ? [{ title: `Start ${row.name}`, seconds: SECONDS.start }] : []),
];

/** Plan of a resize: the order of steps, the way back, and what it costs. */
export function resizePlan(row: Row & { openFindings: number }, size: Size, { growDisk, running }: ResizeWish): Plan {
  const about = aboutServer(row);
  const grows = growDisk && size.diskGb > row.diskGb;
  const disk = grows ? [{ path: 'diskGb', before: row.diskGb, after: size.diskGb }] : [];
  const { cost, delta } = costOf(row.monthlyAmount, size.monthly.amount, size.monthly.currency);
  const steps = resizeSteps(row, size, running);
  const seconds = running ? steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0) : 0;
  const oneWay = `The disk grows from ${row.diskGb} to ${size.diskGb} GB, and a disk cannot shrink: the way back down to ${row.size} is lost.`;
  return {
    summary: `Resize ${row.name} from ${row.size} to ${size.id}`,
    ...(running || isProd(row.environment) ? { risk: 'high' as const } : {}),
    steps,
    changes: [serverChange(row, 'update', [{ path: 'size', before: row.size, after: size.id }, ...disk])],
    downtime: { kind: running ? 'restart' : 'none', seconds },
    reversible: grows ? null : `Resize back to ${row.size}; the disk is not touched.`,
    cost,
    facts: { affected: 1, downtimeSeconds: seconds, costDeltaMonthly: delta },
    ...about,
    warnings: [...(about.warnings ?? []), ...(grows ? [oneWay] : [])],
  };
}

/** Plan of a deletion: at once, or off and hidden for the time of grace. */
export function deletePlan(row: Row & { openFindings: number }, graceHours: number | null, running: boolean): Plan {
  const about = aboutServer(row);
  const { cost, delta } = costOf(row.monthlyAmount, graceHours === null ? 0 : row.monthlyAmount, row.currency);
  return {
    summary: graceHours === null ? `Delete ${row.name}` : `Delete ${row.name}, with ${graceHours} h of grace`,
    risk: 'high',
    steps:
      graceHours === null
        ? [{ title: `Delete ${row.name} at the provider`, seconds: SECONDS.delete }]
        : [{ title: `Power off ${row.name} and hide it`, seconds: SECONDS.shutdown }],
    changes: [serverChange(row, 'delete', [{ path: 'status', before: row.status, after: graceHours === null ? 'deleted' : 'pending_delete' }])],
    downtime: running ? { kind: 'outage', seconds: 0 } : { kind: 'none', seconds: 0 },
    dataLoss: graceHours === null ? `The disk of ${row.diskGb} GB and everything on it, and the server’s addresses.` : null,
    reversible: graceHours === null ? null : `Within ${graceHours} h with servers.undelete, addresses included.`,
    cost,
    facts: { affected: 1, costDeltaMonthly: delta, dataLoss: graceHours === null },
    observed: about.observed ?? {},
    warnings: [
      ...(about.warnings ?? []),
      ...(graceHours === null ? [] : [`It costs as before until it is deleted for good, ${graceHours} h after it was switched off.`]),
    ],
  };
}
