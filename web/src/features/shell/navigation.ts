import {
  BookOpen,
  Brain,
  ClipboardCheck,
  Cloud,
  EthernetPort,
  GitPullRequestArrow,
  Globe,
  Inbox,
  History,
  LayoutDashboard,
  Network,
  Scale,
  ScrollText,
  Server,
  Settings,
  TriangleAlert,
  Waypoints,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
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

/** The areas of the application, in order. */
export const navigation: readonly NavGroup[] = [
  {
    label: null,
    items: [
      { to: '/', label: 'nav.dashboard', icon: LayoutDashboard },
      { to: '/changes', label: 'nav.changes', icon: GitPullRequestArrow, permission: 'changes:read' },
      { to: '/approvals', label: 'nav.approvals', icon: Inbox, permission: 'approvals:read' },
    ],
  },
  {
    label: 'nav.infrastructure',
    items: [
      { to: '/infrastructure/servers', label: 'nav.servers', icon: Server, permission: 'servers:read' },
      { to: '/infrastructure/dns', label: 'nav.dns', icon: Globe, permission: 'dns:read' },
      { to: '/exchange', label: 'nav.exchange', icon: Network, permission: 'exchange:read' },
      { to: '/infrastructure/exchange-ports', label: 'nav.exchangePorts', icon: EthernetPort, permission: 'exchangeRequests:create' },
      { to: '/infrastructure/controllers', label: 'nav.zerotier', icon: Waypoints, permission: 'exchange:read' },
      { to: '/settings/cloud-providers', label: 'nav.cloudProviders', icon: Cloud, permission: 'clouds:read' },
    ],
  },
  {
    label: 'nav.automation',
    items: [
      { to: '/workflows', label: 'nav.workflows', icon: Workflow, permission: 'workflows:read' },
      { to: '/executions', label: 'nav.executions', icon: History, permission: 'executions:read' },
      { to: '/memory', label: 'nav.memory', icon: Brain, permission: 'memory:read' },
      { to: '/knowledge', label: 'nav.knowledge', icon: BookOpen, permission: 'knowledge:read' },
    ],
  },
  {
    label: 'nav.governance',
    items: [
      { to: '/policies', label: 'nav.policies', icon: Scale, permission: 'policies:read' },
      { to: '/compliance', label: 'nav.compliance', icon: ClipboardCheck, permission: 'reports:read' },
      { to: '/audit', label: 'nav.audit', icon: ScrollText, permission: 'audit:read' },
      { to: '/emergencies', label: 'nav.emergencies', icon: TriangleAlert, permission: 'changes:read' },
    ],
  },
  { label: null, items: [{ to: '/settings', label: 'nav.settings', icon: Settings }] },
];

/** Where settings take the place of the areas. Cloud providers have their place among the areas. */
export const inSettings = (path: string): boolean => /^\/settings(\/|$)(?!cloud-providers)/.test(path);
