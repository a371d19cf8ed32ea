import {
  Boxes,
  Building2,
  CircleUserRound,
  Cloud,
  GitPullRequestArrow,
  Globe,
  KeyRound,
  LayoutDashboard,
  Link2,
  LogIn,
  Palette,
  ScrollText,
  Server,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  Smartphone,
  UserRoundCheck,
  Users,
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
  { label: null, items: [{ to: '/settings', label: 'nav.settings', icon: Settings }] },
];

/** Pages below `/settings`, where they take the place of the areas: one's own, the organisation's, and who may do what in it. */
export const settingsNavigation: readonly NavGroup[] = [
  {
    label: 'nav.account',
    items: [
      { to: '/settings/profile', label: 'nav.profile', icon: CircleUserRound },
      { to: '/settings/preferences', label: 'nav.preferences', icon: SlidersHorizontal },
      { to: '/settings/security', label: 'nav.security', icon: UserRoundCheck },
      { to: '/settings/security/mfa', label: 'nav.mfa', icon: Smartphone },
      { to: '/settings/security/connected-accounts', label: 'nav.connected', icon: Link2 },
    ],
  },
  {
    label: 'nav.organization',
    items: [
      { to: '/settings/organization', label: 'nav.company', icon: Building2, permission: 'tenants:read' },
      { to: '/settings/organization/branding', label: 'nav.branding', icon: Palette, permission: 'branding:read' },
      { to: '/settings/organization/domain', label: 'nav.domains', icon: Globe, permission: 'domains:read' },
      { to: '/settings/organization/sign-in', label: 'nav.signIn', icon: LogIn, permission: 'identityProviders:read' },
    ],
  },
  {
    label: 'nav.access',
    items: [
      { to: '/settings/team', label: 'nav.team', icon: Users, permission: 'users:read' },
      { to: '/settings/roles', label: 'nav.roles', icon: ShieldCheck, permission: 'roles:read' },
      { to: '/settings/groups', label: 'nav.groups', icon: Boxes, permission: 'groups:read' },
      { to: '/settings/api-keys', label: 'nav.apiKeys', icon: KeyRound },
    ],
  },
];

/** Every page that the palette offers. */
export const allNavigation: readonly NavGroup[] = [...navigation, ...settingsNavigation];
