import { t } from '#lib/i18n.ts';

export interface RoleDocument {
  format: 'switchyard/roles';
  version: 1;
  roles: { key: string }[];
}
const isDocument = (value: unknown): value is RoleDocument => {
  const { format, version, roles } = (value ?? {}) as Partial<RoleDocument>;
  return format === 'switchyard/roles' && version === 1 && Array.isArray(roles) && roles.every((role) => typeof role?.key === 'string');
};

/** Reads what an export wrote, also with the answer of the API around it. The server checks every role in it. */
export function readDocument(text: string): { document: RoleDocument | null; fault: string | null } {
  if (text.trim() === '') return { document: null, fault: null };
  try {
    const value: unknown = JSON.parse(text);
    const inner = (value as { document?: unknown } | null)?.document ?? value;
    return isDocument(inner) ? { document: inner, fault: null } : { document: null, fault: t('roles.import.notRoles') };
  } catch (error) {
    return { document: null, fault: t('roles.import.notJson', { error: error instanceof Error ? error.message : '' }) };
  }
}
