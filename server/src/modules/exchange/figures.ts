import type { Databases } from '#kernel/database.ts';
import type { Reading } from '#kernel/metrics.ts';

const counted = (name: string, help: string, label: string, query: string) => (databases: Databases): Reading => ({
  name,
  help,
  label,
  read: () => databases.lookUp(async (db) => new Map((await db.$client.query<{ label: string; n: number }>(query)).rows.map(({ label: value, n }) => [value, n]))),
}); // prettier-ignore

/** What exchanges of all tenants hold, by one label each (exchange.md 18); no tenant and no network is named. */
export const exchangeFigures: readonly ((databases: Databases) => Reading)[] = [
  counted('sy_exchange_requests', 'Join requests by status', 'status', 'select status as label, count(*)::int as n from exchange_join_requests group by 1'),
  counted('sy_exchange_findings', 'What differs on route servers and at controllers, by class', 'class', "select class as label, count(*)::int as n from exchange_findings where state in ('open', 'repairing') group by 1"),
  counted('sy_exchange_rs_sync', 'Members on route servers, by how far they are', 'state', 'select state as label, count(*)::int as n from exchange_rs_sync group by 1'),
  counted('sy_exchange_sessions', 'BGP sessions of members on route servers, by whether they are up', 'state', 'select told as label, count(*)::int as n from exchange_sessions group by 1'),
  counted('sy_exchange_controllers', 'Controllers of networks, by how they are', 'state', 'select state as label, count(*)::int as n from exchange_controllers group by 1'),
  counted('sy_exchange_route_servers', 'Route servers that are reached over SSH, by how they are', 'state', 'select state as label, count(*)::int as n from exchange_route_server_access group by 1'),
  counted('sy_exchange_irr_lists', 'Lists of routing registries, by whether the last answer was taken', 'state', "select case when problem_code is not null then 'kept' else 'fresh' end as label, count(*)::int as n from exchange_irr_lists group by 1"),
]; // prettier-ignore
