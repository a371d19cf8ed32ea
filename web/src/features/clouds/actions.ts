import type { Call } from '#features/review/call.ts';
import { t } from '#lib/i18n.ts';
import { permits } from '#lib/session.ts';
import { stateText } from '#ui/state.tsx';
import type { Server, ServerAction, ServerStatus } from './types.ts';

const PERMISSIONS: Record<ServerAction, string> = {
  start: 'servers:power',
  stop: 'servers:power',
  reboot: 'servers:power',
  resize: 'servers:resize',
  update: 'servers:update',
  protect: 'servers:update',
  unprotect: 'servers:update',
  undelete: 'servers:delete',
  delete: 'servers:delete',
};
const SETTLED: readonly ServerStatus[] = ['running', 'stopped', 'stopping', 'starting', 'error', 'unknown', 'missing'];
/** From where each action is possible; the server decides again. */
const FROM: Record<ServerAction, readonly ServerStatus[]> = {
  start: ['stopped', 'error'],
  stop: ['running', 'unknown'],
  reboot: ['running', 'unknown'],
  resize: ['running', 'stopped'],
  update: SETTLED,
  protect: SETTLED,
  unprotect: SETTLED,
  undelete: ['pending_delete'],
  delete: [...SETTLED, 'creating'],
};

type Standing = Pick<Server, 'status' | 'openChange' | 'protection'>;

/** Why an action cannot be asked for now, or null: missing permission, another Change at work, the state, protection. */
export function blockedReason(action: ServerAction, server: Standing, permissions: readonly string[]): string | null {
  const permission = PERMISSIONS[action];
  if (!permits(permissions, permission)) return t('server.blocked.permission', { permission });
  if (server.openChange) return t('server.blocked.change', { number: server.openChange.number ?? t('server.blocked.another') });
  if (!FROM[action].includes(server.status)) {
    const states = FROM[action].slice(0, 3).map(stateText).join(', ');
    return t('server.blocked.state', { state: stateText(server.status), states });
  }
  if (action === 'delete' && server.protection.delete) return t('server.blocked.protected');
  return null;
}

/** In which states an action means anything; elsewhere it would only be noise. */
export function offered({ status, protection }: Standing): ServerAction[] {
  if (status === 'deleted' || status === 'deleting') return [];
  if (status === 'pending_delete') return ['undelete'];
  const power: ServerAction[] = status === 'stopped' || status === 'starting' || status === 'error' ? ['start'] : ['stop', 'reboot'];
  return [...power, 'resize', 'update', protection.delete ? 'unprotect' : 'protect', 'delete'];
}

/** The call behind an action that needs no further input. */
export function callOf(action: Exclude<ServerAction, 'resize' | 'update'>, { id }: Pick<Server, 'id'>): Call {
  switch (action) {
    case 'start':
    case 'stop':
    case 'reboot':
      return { method: 'POST', path: `/servers/${id}/actions/${action}`, body: {} };
    case 'protect':
    case 'unprotect':
      return { method: 'POST', path: `/servers/${id}/protection`, body: { delete: action === 'protect' } };
    case 'undelete':
      return { method: 'POST', path: `/servers/${id}/undelete`, body: {} };
    case 'delete':
      return { method: 'DELETE', path: `/servers/${id}` };
  }
}
