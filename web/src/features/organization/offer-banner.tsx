import { useQuery } from '@tanstack/react-query';
import { Crown } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { offerQuery, pathOf } from './api.ts';

/** The ownership is on offer: to whom it was offered, it can be taken here. */
export function OfferBanner() {
  const { tenant, actor } = useMe();
  const offer = useQuery(offerQuery(tenant.id)).data?.pending;
  const [asking, setAsking] = useState(false);
  if (!offer) return null;
  const mine = offer.toId === actor.id;
  const take = async () => {
    await request('POST', pathOf(tenant.id, '/transfer-ownership/confirm'), { body: {} });
    toast.done(t('org.offer.taken', { name: tenant.name }));
    await queryClient.invalidateQueries();
  };
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent/35 bg-accent-wash px-4 py-3">
      <Crown aria-hidden className="size-4 shrink-0 text-accent" />
      <p className="min-w-0 flex-[1_1_16rem]">
        {t(mine ? 'org.offer.mine' : 'org.offer.made', { name: tenant.name })} <Time at={offer.expiresAt} />
      </p>
      {mine && (
        <Button variant="primary" onClick={() => setAsking(true)}>
          {t('org.offer.take')}
        </Button>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('org.offer.take.of', { name: tenant.name })}
        action={t('org.offer.take')}
        onConfirm={take}
      >
        {t('org.offer.take.text')}
      </Confirm>
    </div>
  );
}
