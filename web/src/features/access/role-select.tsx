import { useQuery } from '@tanstack/react-query';
import type { Role } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import type { FieldControl } from '#ui/field.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { rolesQuery } from './api.ts';

/** Given by a transfer only. */
const NOT_GIVEN = 'owner';
/** Roles that can be given to somebody, the most powerful first. */
export function useGivenRoles(): { roles: readonly Role[]; loading: boolean; error: unknown } {
  const { data, isPending, error } = useQuery(rolesQuery);
  const roles = (data ?? []).filter(({ key, assignable }) => assignable && key !== NOT_GIVEN).sort((a, b) => a.level - b.level);
  return { roles, loading: isPending, error };
}
const hint = ({ level, maxRisk }: Role): string => `${t('roles.level', { level })} · ${t(`risk.${maxRisk}`)}`;

export interface RoleSelectProps {
  control: FieldControl;
  value: string;
  onChange: (id: string) => void;
}
/** One role, found by typing, with its level and highest risk beside it. */
export function RoleSelect({ control, value, onChange }: RoleSelectProps) {
  const { roles, loading } = useGivenRoles();
  return (
    <Combobox
      control={control}
      loading={loading}
      value={value}
      onChange={onChange}
      choices={roles.map((role) => ({ value: role.id, label: role.name, hint: hint(role) }))}
    />
  );
}

export interface RolesSelectProps {
  control: FieldControl;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}
/** Several roles. */
export function RolesSelect({ control, value, onChange }: RolesSelectProps) {
  const { roles } = useGivenRoles();
  return (
    <MultiSelect
      control={control}
      value={value}
      onChange={onChange}
      choices={roles.map((role) => ({ value: role.id, label: role.name, hint: hint(role) }))}
    />
  );
}
