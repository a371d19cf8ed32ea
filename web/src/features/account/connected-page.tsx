import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { methodsQuery, type Provider, type ProviderKind } from '#features/auth/api.ts';
import { ProviderMark } from '#features/auth/provider-mark.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, linkedQuery, type LinkedAccount } from './api.ts';
import { Loaded } from './loaded.tsx';
import { NoRows, Rows } from './rows.tsx';

const HERE = '/settings/security/connected-accounts';

function Linked({ account }: { account: LinkedAccount }) {
  const [asking, setAsking] = useState(false);
  const { name } = account;
  const unlink = async () => {
    await request('DELETE', `/auth/oauth/${account.provider}`);
    toast.done(t('connected.unlinked', { name }));
    await changed('/auth/oauth/accounts');
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <ProviderMark kind={account.provider as ProviderKind} />
      <div className="min-w-0 flex-[1_1_14rem]">
        <p className="font-medium">
          {name}
          {account.email && <span className="ms-2 font-normal [overflow-wrap:anywhere] text-ink-2">{account.email}</span>}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-2">
          <span>
            {t('connected.linked')} <Time at={account.linkedAt} />
          </span>
          <span>
            {t('connected.used')} {account.lastUsedAt ? <Time at={account.lastUsedAt} /> : t('time.never')}
          </span>
        </p>
        {account.onlyMethod && <p className="mt-1 text-xs text-warn">{t('connected.only')}</p>}
      </div>
      <Button
        size="sm"
        aria-label={t('connected.unlink.of', { name })}
        blocked={account.onlyMethod ? t('connected.only') : null}
        onClick={() => setAsking(true)}
      >
        {t('connected.unlink')}
      </Button>
      <Confirm
        open={asking}
        danger
        onOpenChange={setAsking}
        title={t('connected.unlink.of', { name })}
        action={t('connected.unlink')}
        onConfirm={unlink}
      >
        {t('connected.unlink.text', { name })}
      </Confirm>
    </li>
  );
}

function Available({ provider }: { provider: Provider }) {
  const link = useMutation({
    mutationFn: () => request<{ startUrl: string }>('POST', '/auth/oauth/link', { body: { provider: provider.id, returnTo: HERE } }),
    // The provider's own page, as our server says.
    onSuccess: ({ startUrl }) => location.assign(startUrl),
    onError: toast.failed,
  });
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <ProviderMark kind={provider.kind} />
      <span className="min-w-0 flex-1 font-medium">{provider.name}</span>
      <Button
        size="sm"
        busy={link.isPending}
        icon={<Plus aria-hidden className="size-3.5" />}
        aria-label={t('connected.link.of', { name: provider.name })}
        onClick={() => link.mutate()}
      >
        {t('connected.link')}
      </Button>
    </li>
  );
}

/** Providers that may sign this person in, and those that could. */
export function ConnectedPage() {
  const linked = useQuery(linkedQuery);
  const methods = useQuery(methodsQuery);
  const taken = new Set(linked.data?.items.map(({ provider }) => provider));
  return (
    <PageFrame title={t('connected.title')} facts={t('connected.lead')} width="reading">
      <Card flush title={t('connected.title')}>
        <div className={linked.data ? '' : 'p-4'}>
          <Loaded query={linked}>
            {({ items }) =>
              items.length === 0 ? (
                <NoRows>{t('connected.none')}</NoRows>
              ) : (
                <Rows label={t('connected.title')}>
                  {items.map((account) => (
                    <Linked key={account.provider} account={account} />
                  ))}
                </Rows>
              )
            }
          </Loaded>
        </div>
      </Card>
      <Card flush title={t('connected.available')}>
        <div className={methods.data ? '' : 'p-4'}>
          <Loaded query={methods}>
            {({ providers }) => {
              const free = providers.filter(({ id }) => !taken.has(id));
              return free.length === 0 ? (
                <NoRows>{t('connected.available.none')}</NoRows>
              ) : (
                <Rows label={t('connected.available')}>
                  {free.map((provider) => (
                    <Available key={provider.id} provider={provider} />
                  ))}
                </Rows>
              );
            }}
          </Loaded>
        </div>
      </Card>
    </PageFrame>
  );
}
