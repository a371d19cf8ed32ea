import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';

/** Why an act with this permission is not open to the person; null when it is. For `blocked` of buttons and menu items. */
export const useBlocked = (permission: string): string | null => (useCan(permission) ? null : t('blocked.permission', { permission }));

export interface PermissionGateProps {
  permission: string;
  /** Nodes are left out without the permission; a function draws them anyway, with the reason why they cannot be used. */
  children: ReactNode | ((blocked: string | null) => ReactNode);
  /** In place of what is left out. */
  otherwise?: ReactNode;
}
/** What only some may see or do. The server decides; this spares people a refusal and says who can help. */
export function PermissionGate({ permission, children, otherwise = null }: PermissionGateProps): ReactNode {
  const blocked = useBlocked(permission);
  if (typeof children === 'function') return children(blocked);
  return blocked === null ? children : otherwise;
}
