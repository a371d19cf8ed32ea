import type { Seen } from './accounts.ts';

const countOf = (fabrics: readonly string[]): string => (fabrics.includes('*') ? '*' : String(fabrics.length));

/** One line about an account that was made or changed. */
export const lineOf = ({ username, userId, asns, fabrics, admin }: Seen): string =>
  `${username}  ${userId}  asns ${asns.length}  fabrics ${countOf(fabrics)}  admin ${admin ? 'yes' : 'no'}`;

const HEAD = ['USERNAME', 'USER ID', 'ENABLED', 'ADMIN', 'ASNS', 'FABRICS', 'LAST LOGIN', 'NAME', 'E-MAIL'];
const rowOf = ({ username, userId, enabled, admin, asns, fabrics, lastLoginAt, fullName, email }: Seen): string[] => [
  username,
  userId,
  enabled ? 'yes' : 'no',
  admin ? 'yes' : 'no',
  asns.join(',') || '-',
  fabrics.join(',') || '-',
  lastLoginAt ?? 'never',
  fullName,
  email ?? '-',
];

/** Columns as wide as what is in them. */
export function tableOf(items: readonly Seen[]): string {
  const rows = [HEAD, ...items.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n'); // prettier-ignore
}
