import { MoreHorizontal, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { ScopeView } from '#features/access/scope-view.tsx';
import type { ApiKey } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import type { Column } from '#ui/data-table/index.ts';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { Time } from '#ui/time.tsx';

export type KeyAct = 'edit' | 'rotate' | 'revoke';
export interface KeyActsProps {
  apiKey: ApiKey;
  /** Keys of other people can be ended, not taken over. */
  own: boolean;
  onAct: (act: KeyAct, apiKey: ApiKey) => void;
}
const KeyActs = ({ apiKey, own, onAct }: KeyActsProps) => {
  const foreign = own ? null : t('keys.foreign');
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t('keys.acts.of', { name: apiKey.name })}>
          <MoreHorizontal aria-hidden className="size-4" />
        </Button>
      }
    >
      <MenuItem icon={<Pencil aria-hidden />} blocked={foreign} onSelect={() => onAct('edit', apiKey)}>
        {t('keys.edit')}
      </MenuItem>
      <MenuItem icon={<RefreshCw aria-hidden />} blocked={foreign} onSelect={() => onAct('rotate', apiKey)}>
        {t('keys.rotate')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => onAct('revoke', apiKey)}>
        {t('keys.revoke')}
      </MenuItem>
    </Menu>
  );
};

const SOON_MS = 14 * 86_400_000;
const Expiry = ({ apiKey: { expiresAt } }: { apiKey: ApiKey }) => (
  <span className={Date.parse(expiresAt) - useNow() < SOON_MS ? 'text-warn' : ''}>
    <Time at={expiresAt} />
  </span>
);

const Limits = ({ apiKey: { permissions, scope, cidrs } }: { apiKey: ApiKey }) => (
  <span className="flex min-w-0 flex-col items-start gap-1">
    {permissions === null ? (
      <span className="text-ink-2">{t('keys.all')}</span>
    ) : (
      <span className="flex flex-wrap gap-1">
        {permissions.map((permission) => (
          <Badge key={permission} tone="outline" className="font-mono">
            {permission}
          </Badge>
        ))}
      </span>
    )}
    {scope !== null && <ScopeView scope={scope} />}
    {cidrs.length > 0 && (
      <span className="flex flex-wrap gap-1">
        {cidrs.map((cidr) => (
          <Badge key={cidr} className="font-mono">
            {cidr}
          </Badge>
        ))}
      </span>
    )}
  </span>
);
const Used = ({ apiKey: { lastUsedAt, lastUsedIp } }: { apiKey: ApiKey }) =>
  lastUsedAt ? (
    <span>
      <Time at={lastUsedAt} />
      {lastUsedIp && <code className="block text-2xs text-ink-3">{lastUsedIp}</code>}
    </span>
  ) : (
    <span className="text-ink-3">{t('time.never')}</span>
  );

const Name = ({ apiKey, owner }: { apiKey: ApiKey; owner: boolean }) => (
  <span className="min-w-0">
    <span className="flex flex-wrap items-center gap-1.5 font-medium">
      {apiKey.name}
      {apiKey.rotatedFrom && <Badge tone="outline">{t('keys.rotatedFrom')}</Badge>}
    </span>
    <code className="text-xs text-ink-2">{apiKey.prefix}…</code>
    {owner && <span className="ms-2 text-xs text-ink-2">{apiKey.owner.name}</span>}
  </span>
);

export interface KeyColumnsOptions {
  me: string;
  /** Keys of others are among them. */
  owners: boolean;
  onAct: KeyActsProps['onAct'];
}
const isOwn = (key: ApiKey, me: string): boolean => key.owner.id === me || key.owner.kind === 'service';

export const keyColumns = ({ me, owners, onAct }: KeyColumnsOptions): Column<ApiKey>[] => [
  { id: 'name', header: t('keys.column.name'), width: '18rem', fixed: true, cell: (key) => <Name apiKey={key} owner={false} />, csv: (key) => key.name },
  { id: 'prefix', header: t('keys.column.key'), optional: true, cell: (key) => <code className="text-xs">{key.prefix}…</code>, csv: (key) => key.prefix },
  ...(owners
    ? [{ id: 'owner', header: t('keys.column.owner'), width: '11rem', cell: ({ owner }: ApiKey) => owner.name, csv: ({ owner }: ApiKey) => owner.name }]
    : []),
  {
    id: 'permissions',
    header: t('keys.column.limits'),
    hideBelow: 'md',
    cell: (key) => <Limits apiKey={key} />,
    csv: ({ permissions, cidrs }) => [...(permissions ?? ['*']), ...cidrs].join(' '),
  },
  { id: 'used', header: t('keys.column.used'), width: '9rem', hideBelow: 'lg', cell: (key) => <Used apiKey={key} />, csv: (key) => key.lastUsedAt },
  { id: 'created', header: t('keys.column.created'), width: '9rem', optional: true, cell: (key) => <Time at={key.createdAt} />, csv: (key) => key.createdAt },
  { id: 'expires', header: t('keys.column.expires'), width: '8rem', hideBelow: 'sm', cell: (key) => <Expiry apiKey={key} />, csv: (key) => key.expiresAt },
  {
    id: 'actions',
    header: t('keys.column.actions'),
    width: '5rem',
    align: 'end',
    fixed: true,
    cell: (key) => <KeyActs apiKey={key} own={isOwn(key, me)} onAct={onAct} />,
  },
]; // prettier-ignore

export const KeyCompact = ({ apiKey, me, onAct, owners }: KeyColumnsOptions & { apiKey: ApiKey }) => (
  <div className="flex items-start gap-2 py-1">
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <Name apiKey={apiKey} owner={owners} />
      <Limits apiKey={apiKey} />
      <span className="text-xs text-ink-2">
        {t('keys.column.expires')} <Expiry apiKey={apiKey} />
      </span>
    </div>
    <KeyActs apiKey={apiKey} own={isOwn(apiKey, me)} onAct={onAct} />
  </div>
);
