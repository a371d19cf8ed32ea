import {
  Bell,
  Bot,
  Boxes,
  Building2,
  CalendarOff,
  CircleUserRound,
  FileCheck2,
  Gauge,
  Globe,
  Hourglass,
  History,
  KeyRound,
  Link2,
  ListChecks,
  LogIn,
  Megaphone,
  Palette,
  RadioTower,
  ShieldCheck,
  Siren,
  SlidersHorizontal,
  SquareAsterisk,
  Smartphone,
  Sparkles,
  UserRoundCheck,
  Users,
  UsersRound,
  Variable,
  Webhook,
} from 'lucide-react';
import { navigation, type NavGroup } from './navigation.ts';

/** Pages below `/settings`, where they take the place of the areas: one's own, the organisation's, and who may do what in it. */
export const settingsNavigation: readonly NavGroup[] = [
  {
    label: 'nav.account',
    items: [
      { to: '/settings/profile', label: 'nav.profile', icon: CircleUserRound },
      { to: '/settings/preferences', label: 'nav.preferences', icon: SlidersHorizontal },
      { to: '/settings/notifications', label: 'nav.notifications', icon: Bell },
      { to: '/settings/security', label: 'nav.security', icon: UserRoundCheck },
      { to: '/settings/security/mfa', label: 'nav.mfa', icon: Smartphone },
      { to: '/settings/security/connected-accounts', label: 'nav.connected', icon: Link2 },
      { to: '/settings/delegations', label: 'nav.absences', icon: CalendarOff, permission: 'approvals:delegate' },
    ],
  },
  {
    label: 'nav.organization',
    items: [
      { to: '/settings/organization', label: 'nav.company', icon: Building2, permission: 'tenants:read' },
      { to: '/settings/organization/branding', label: 'nav.branding', icon: Palette, permission: 'branding:read' },
      { to: '/settings/organization/domain', label: 'nav.domains', icon: Globe, permission: 'domains:read' },
      { to: '/settings/organization/sign-in', label: 'nav.signIn', icon: LogIn, permission: 'identityProviders:read' },
      { to: '/settings/organization/notifications', label: 'nav.channels', icon: Megaphone, permission: 'notifications:configure' },
      { to: '/settings/secrets', label: 'secrets.title', icon: SquareAsterisk, permission: 'secrets:read' },
      { to: '/settings/environment', label: 'vars.title', icon: Variable, permission: 'secrets:read' },
      { to: '/settings/ai', label: 'ai.title', icon: Sparkles, permission: 'ai:read' },
      { to: '/settings/webhooks', label: 'webhooks.title', icon: Webhook, permission: 'webhooks:read' },
    ],
  },
  {
    label: 'nav.access',
    items: [
      { to: '/settings/team', label: 'nav.team', icon: Users, permission: 'users:read' },
      { to: '/settings/teams', label: 'nav.teams', icon: UsersRound, permission: 'teams:read' },
      { to: '/settings/roles', label: 'nav.roles', icon: ShieldCheck, permission: 'roles:read' },
      { to: '/settings/access-requests', label: 'nav.accessRequests', icon: Hourglass },
      { to: '/settings/access-reviews', label: 'accessReview.title', icon: ListChecks },
      { to: '/settings/change-templates', label: 'nav.changeTemplates', icon: FileCheck2, permission: 'changeTemplates:read' },
      { to: '/settings/groups', label: 'nav.groups', icon: Boxes, permission: 'groups:read' },
      { to: '/settings/api-keys', label: 'nav.apiKeys', icon: KeyRound },
      { to: '/settings/activity', label: 'nav.activity', icon: History },
      { to: '/settings/security-events', label: 'nav.securityEvents', icon: Siren, permission: 'securityEvents:read' },
      { to: '/settings/audit-streams', label: 'audit.streams.title', icon: RadioTower, permission: 'audit:read' },
      { to: '/settings/limits', label: 'nav.limits', icon: Gauge },
      { to: '/settings/agents', label: 'nav.agents', icon: Bot },
    ],
  },
];

/** Every page that the palette offers. */
export const allNavigation: readonly NavGroup[] = [...navigation, ...settingsNavigation];
