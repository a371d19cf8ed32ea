import { Cloud, GitPullRequestArrow, Globe, KeyRound, LayoutDashboard, ScrollText, Server, ShieldCheck, Users, type LucideIcon } from 'lucide-react';
import type { MessageKey } from '#lib/i18n.ts';

export interface NavItem {
  to: string;
  label: MessageKey;
  icon: LucideIcon;
  /** Shown only to those who hold it. */
  permission?: string;
}
export interface NavGroup {
  label: MessageKey | null;
  items: readonly NavItem[];
}

/** The areas of the application, in order. The palette offers the same pages. */
export const navigation: readonly NavGroup[] = [
  {
    label: null,
    items: [
      { to: '/', label: 'nav.dashboard', icon: LayoutDashboard },
      { to: '/changes', label: 'nav.changes', icon: GitPullRequestArrow, permission: 'changes:read' },
    ],
  },
  {
    label: 'nav.infrastructure',
    items: [
      { to: '/infrastructure/servers', label: 'nav.servers', icon: Server, permission: 'servers:read' },
      { to: '/infrastructure/dns', label: 'nav.dns', icon: Globe, permission: 'dns:read' },
      { to: '/settings/cloud-providers', label: 'nav.cloudProviders', icon: Cloud, permission: 'clouds:read' },
    ],
  },
  { label: 'nav.governance', items: [{ to: '/audit', label: 'nav.audit', icon: ScrollText, permission: 'audit:read' }] },
  {
    label: 'nav.settings',
    items: [
      { to: '/settings/members', label: 'nav.members', icon: Users, permission: 'users:read' },
      { to: '/settings/roles', label: 'nav.roles', icon: ShieldCheck, permission: 'roles:read' },
      { to: '/settings/api-keys', label: 'nav.apiKeys', icon: KeyRound },
    ],
  },
];
