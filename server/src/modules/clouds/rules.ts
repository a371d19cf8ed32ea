import type { ObservedServer, ObservedStatus } from './providers/port.ts';
import type { DesiredServer, ServerStatus } from './schemas.ts';

export const ACTIONS = ['start', 'stop', 'poweroff', 'reboot', 'reset', 'resize', 'protect', 'update', 'delete', 'undelete', 'purge'] as const;
export type ServerAction = (typeof ACTIONS)[number];

const LIVING: readonly ServerStatus[] = ['running', 'stopped', 'stopping', 'starting', 'error', 'unknown'];

/** From where each action is possible (infrastructure spec, 6.3). What is not listed is refused with `invalid-state`. */
export const ALLOWED_FROM: Record<ServerAction, readonly ServerStatus[]> = {
  start: ['stopped', 'error'],
  stop: ['running', 'unknown'],
  poweroff: ['running', 'stopping', 'unknown'],
  reboot: ['running', 'unknown'],
  reset: ['running', 'unknown'],
  resize: ['running', 'stopped'],
  protect: [...LIVING, 'missing'],
  update: [...LIVING, 'missing'],
  delete: [...LIVING, 'creating', 'missing'],
  undelete: ['pending_delete'],
  purge: [...LIVING, 'creating', 'missing', 'pending_delete'],
};
export const isAllowed = (action: ServerAction, from: ServerStatus): boolean => ALLOWED_FROM[action].includes(from);

/** What a server is called while the action runs. */
export const DURING: Record<ServerAction, ServerStatus | null> = {
  start: 'starting',
  stop: 'stopping',
  poweroff: 'stopping',
  reboot: 'rebooting',
  reset: 'rebooting',
  resize: 'resizing',
  protect: null,
  update: null,
  delete: 'deleting',
  undelete: null,
  purge: 'deleting',
};

/** Ours from the provider's. A server that is set to be deleted stays so while it exists there. */
export const statusOf = (observed: ObservedStatus, current: ServerStatus): ServerStatus =>
  current === 'pending_delete' && observed !== 'deleting' ? 'pending_delete' : observed;

export const isPowered = (status: ServerStatus): 'on' | 'off' =>
  status === 'stopped' || status === 'stopping' || status === 'pending_delete' ? 'off' : 'on';

export interface Difference {
  field: 'name' | 'size' | 'labels' | 'protection';
  before: unknown;
  after: unknown;
}

const sameLabels = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};

/** Where what is differs from what should be; power is no difference but adopted (spec 16). */
export function differences(desired: DesiredServer, observed: ObservedServer): Difference[] {
  const found: Difference[] = [];
  if (desired.name !== observed.name) found.push({ field: 'name', before: desired.name, after: observed.name });
  if (desired.size !== observed.size) found.push({ field: 'size', before: desired.size, after: observed.size });
  if (!sameLabels(desired.labels, observed.labels)) found.push({ field: 'labels', before: desired.labels, after: observed.labels });
  if (desired.protected !== observed.protection.delete)
    found.push({ field: 'protection', before: desired.protected, after: observed.protection.delete });
  return found;
}

/** `web-{n}` with 3 from 1: web-1, web-2, web-3. */
export const expandNames = (pattern: string, count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => pattern.replace('{n}', String(from + i)));

/** Half of four or more gone at once is a fault of the list until proven otherwise; smaller fleets are safe by the direct look at each. */
export const massDisappearance = (known: number, seen: number): boolean => known >= 4 && seen * 2 <= known;

/** Deleted in production means: off and hidden for a day, then gone. */
export const GRACE_HOURS = 24;
export const hasGrace = (environment: string | null): boolean => environment === 'prod';
