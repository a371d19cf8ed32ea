import type { Role } from '#features/settings/types.ts';
import { request } from '#lib/api.ts';
import { saveFile } from '#ui/data-table/csv.ts';

/** Roles as a file, to carry them to another organisation. */
export async function exportRoles(roles: readonly Role[]): Promise<void> {
  const { document } = await request<{ document: object }>('POST', '/roles/export', { body: { ids: roles.map(({ id }) => id) } });
  const name = roles.length === 1 ? `role-${roles[0]!.key}.json` : 'roles.json';
  saveFile(name, JSON.stringify(document, null, 2), 'application/json');
}
