import type { Port } from './api.ts';

/** What can follow on a status, for the member and for the operator. */
const MINE = {
  pending: ['requests.update', 'requests.withdraw'],
  approved: ['requests.withdraw'],
  active: ['ports.leave'],
  failed: ['requests.withdraw', 'ports.leave'],
  suspended: ['ports.leave'],
  leaving: ['ports.leave'],
} as const;
const OPERATOR = {
  pending: ['requests.approve', 'requests.reject'],
  active: ['ports.suspend', 'ports.remove'],
  failed: ['requests.retry', 'ports.remove'],
  suspended: ['ports.resume', 'ports.remove'],
  leaving: ['ports.remove'],
} as const;

type Values<T> = T[keyof T];
export type Act = Values<typeof MINE>[number] | Values<typeof OPERATOR>[number];

export const actsOf = (whose: 'mine' | 'all', status: Port['status']): readonly Act[] => {
  const table: Partial<Record<Port['status'], readonly Act[]>> = whose === 'mine' ? MINE : OPERATOR;
  return table[status] ?? [];
};
