/**
 * The 110 permission keys of the contract that this product fulfils, and what each is called here (platform.md 6.3). Where a module of
 * ours cuts its permissions differently than the contract's text, the entry names what the module declares: `dns:write` for records,
 * `clouds:*` for cloud accounts.
 */
interface Row {
  category: string;
  /** `key→permission`; a star marks what is critical: it asks for the name to be typed and for a fresh proof. */
  keys: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    category: 'Billing',
    keys: [
      'canChangePlans→subscriptions:update',
      'canManageLicenses→licences:write',
      'canManagePayment→paymentMethods:write',
      'canViewInvoices→invoices:read',
      'canCancelSubscription→subscriptions:cancel ★',
      'canUpdateBillingInfo→billing:update',
      'canViewBillingOverview→billing:read',
      'canViewTeamResources→usage:read',
      'canViewPaymentBilling→paymentMethods:read',
    ],
  },
  {
    category: 'People',
    keys: ['canManageUsers→users:update', 'canInviteUsers→users:invite', 'canDeleteUsers→users:remove ★', 'canViewUsers→users:read'],
  },
  {
    category: 'Roles',
    keys: ['canManageRoles→roles:write', 'canViewRoles→roles:read', 'canAssignRoles→grants:write'],
  },
  {
    category: 'Organisation',
    keys: ['canManageTenantSettings→tenants:update', 'canViewTenantSettings→tenants:read', 'canDeleteTenant→tenants:delete ★'],
  },
  {
    category: 'Secrets',
    keys: [
      'canManageSecrets→secrets:write',
      'canViewSecrets→secrets:read',
      'canManageTemplates→secretTemplates:write',
      'canRotateSecrets→secrets:rotate',
      'canExportSecrets→secrets:export ★',
    ],
  },
  {
    category: 'Webhooks',
    keys: [
      'canManageWebhooks→webhooks:write',
      'canViewWebhooks→webhooks:read',
      'canTestWebhooks→webhooks:test',
      'canViewWebhookLogs→webhookDeliveries:read',
    ],
  },
  {
    category: 'Cloud accounts',
    keys: ['canManageCloudProviders→clouds:update', 'canViewCloudProviders→clouds:read'],
  },
  {
    category: 'Notifications',
    keys: ['canManageNotifications→notifications:configure'],
  },
  {
    category: 'Servers',
    keys: [
      'canViewServers→servers:read',
      'canCreateServers→servers:create',
      'canManageServers→servers:update',
      'canDeleteServers→servers:delete ★',
      'canStartStopServers→servers:power',
      'canResizeServers→servers:resize',
      'canRebuildServers→servers:rebuild ★',
      'canAccessConsole→servers:console',
      'canManageSSHKeys→sshKeys:write',
      'canViewServerMetrics→servers:metrics',
    ],
  },
  {
    category: 'Volumes',
    keys: [
      'canViewVolumes→volumes:read',
      'canCreateVolumes→volumes:create',
      'canManageVolumes→volumes:update',
      'canDeleteVolumes→volumes:delete ★',
      'canAttachVolumes→volumes:attach',
      'canResizeVolumes→volumes:resize',
      'canSnapshotVolumes→volumes:snapshot',
    ],
  },
  {
    category: 'Networks',
    keys: [
      'canViewNetworks→networks:read',
      'canCreateNetworks→networks:create',
      'canManageNetworks→networks:update',
      'canDeleteNetworks→networks:delete ★',
      'canAttachNetworks→networks:attach',
      'canConfigureVPN→vpns:write',
    ],
  },
  {
    category: 'Firewalls',
    keys: [
      'canViewFirewalls→firewalls:read',
      'canCreateFirewalls→firewalls:create',
      'canManageFirewalls→firewalls:update',
      'canDeleteFirewalls→firewalls:delete ★',
      'canApplyFirewalls→firewalls:apply',
      'canViewSecurityLogs→securityEvents:read',
    ],
  },
  {
    category: 'Load balancers',
    keys: [
      'canViewLoadBalancers→loadBalancers:read',
      'canCreateLoadBalancers→loadBalancers:create',
      'canManageLoadBalancers→loadBalancers:update',
      'canDeleteLoadBalancers→loadBalancers:delete ★',
      'canConfigureHealthChecks→loadBalancers:healthChecks',
      'canManageBackends→loadBalancers:targets',
      'canConfigureSSL→certificates:write',
    ],
  },
  {
    category: 'DNS',
    keys: [
      'canViewDNSZones→dns:read',
      'canCreateDNSZones→dns:create',
      'canManageDNSRecords→dns:write',
      'canDeleteDNSZones→dns:delete ★',
      'canImportDNSZones→dns:import',
      'canExportDNSZones→dns:export',
    ],
  },
  {
    category: 'Snapshots',
    keys: [
      'canViewSnapshots→snapshots:read',
      'canCreateSnapshots→snapshots:create',
      'canDeleteSnapshots→snapshots:delete',
      'canRestoreSnapshots→snapshots:restore',
      'canTransferSnapshots→snapshots:transfer',
      'canScheduleBackups→backups:schedule',
    ],
  },
  {
    category: 'Floating IPs',
    keys: [
      'canViewFloatingIPs→floatingIps:read',
      'canCreateFloatingIPs→floatingIps:create',
      'canDeleteFloatingIPs→floatingIps:delete',
      'canAssignFloatingIPs→floatingIps:assign',
    ],
  },
  {
    category: 'AI',
    keys: [
      'canViewAIComponents→aiComponents:read',
      'canViewAIAgents→aiAgents:read',
      'canViewNodes→nodeTypes:read',
      'canViewTemplates→workflowTemplates:read',
      'canCreateAIComponents→aiComponents:create',
      'canEditAIComponents→aiComponents:update',
      'canDeleteAIComponents→aiComponents:delete ★',
      'canDeployAIComponents→aiComponents:deploy',
      'canTrainModels→models:train',
      'canAccessAIAPI→ai:use',
      'canViewAIMetrics→ai:read',
    ],
  },
  {
    category: 'Workflows',
    keys: [
      'canManageWorkflows→workflows:update',
      'canViewWorkflows→workflows:read',
      'canExecuteWorkflows→workflows:execute',
      'canScheduleWorkflows→workflows:schedule',
      'canViewWorkflowLogs→executions:read',
      'canDebugWorkflows→workflows:debug',
    ],
  },
  {
    category: 'Monitoring',
    keys: [
      'canViewDashboards→dashboards:read',
      'canCreateDashboards→dashboards:write',
      'canViewLogs→logs:read',
      'canExportLogs→logs:export',
      'canConfigureAlerts→alerts:write',
      'canViewAuditLogs→audit:read',
    ],
  },
  {
    category: 'Documentation',
    keys: [
      'canViewDocumentation→docs:read',
      'canEditDocumentation→docs:write',
      'canPublishDocumentation→docs:publish',
      'canManageDocVersions→docs:versions',
    ],
  },
];

/** Resources of modules that are still to come: nothing declares their permissions yet, and roles cannot hold them. */
const PENDING: ReadonlySet<string> = new Set([
  'aiAgents',
  'aiComponents',
  'alerts',
  'backups',
  'billing',
  'certificates',
  'dashboards',
  'docs',
  'firewalls',
  'floatingIps',
  'invoices',
  'licences',
  'loadBalancers',
  'logs',
  'models',
  'networks',
  'nodeTypes',
  'paymentMethods',
  'secretTemplates',
  'servers:console',
  'servers:metrics',
  'servers:rebuild',
  'snapshots',
  'sshKeys',
  'subscriptions',
  'usage',
  'volumes',
  'vpns',
]);

export interface ContractKey {
  key: string;
  permission: string;
  category: string;
  critical: boolean;
  /** `module pending`: no operation needs the permission yet. */
  pending: boolean;
}

export const CONTRACT_KEYS: readonly ContractKey[] = ROWS.flatMap(({ category, keys }) =>
  keys.map((entry) => {
    const [, key = '', permission = '', star] = /^(\w+)→([\w:]+)( ★)?$/.exec(entry) ?? [];
    return { key, permission, category, critical: star !== undefined, pending: PENDING.has(permission) || PENDING.has(permission.split(':')[0]!) };
  }),
);
