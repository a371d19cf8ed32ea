import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { Amount } from '#ui/money.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { catalogQuery } from './api.ts';
import { SizeList } from './size-list.tsx';
import type { Server, Size } from './types.ts';

/** Why the server cannot have this size, or null. */
export function resizeBlocked(server: Pick<Server, 'size' | 'architecture' | 'diskGb' | 'region'>, size: Size): string | null {
  if (size.id === server.size) return t('resize.current');
  if (!size.regions.includes(server.region)) return t('resize.region');
  if (size.diskGb < server.diskGb) return t('resize.disk', { disk: server.diskGb });
  return null;
}

/** Another size: all that there are with the difference in price, then the plan of the chosen one. */
export function ResizeDialog({ server, onClose }: { server: Server; onClose: () => void }) {
  const catalog = useQuery(catalogQuery(server.connectionId));
  const [size, setSize] = useState('');
  const [growDisk, setGrowDisk] = useState(false);
  const tell = useTell();
  const sizes = catalog.data?.sizes.filter(({ architecture }) => architecture === server.architecture) ?? [];
  const { amount, currency } = server.cost.monthly;
  const wanted = sizes.find(({ id }) => id === size);
  const grows = wanted !== undefined && wanted.diskGb > server.diskGb;
  return (
    <ReviewDialog<Server>
      title={t('server.ask.resize', { name: server.name })}
      description={t('resize.lead')}
      call={size ? { method: 'POST', path: `/servers/${server.id}/resize`, body: { size, growDisk: grows && growDisk } } : null}
      action={t('server.act.resize')}
      touched={['/servers']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('server.did.resize', { name: server.name }))}
    >
      {catalog.isPending && <SkeletonText lines={5} />}
      {catalog.error && <ProblemView error={catalog.error} retry={() => void catalog.refetch()} />}
      {catalog.data && (
        <SizeList
          label={t('servers.column.size')}
          sizes={sizes}
          value={size}
          onChange={setSize}
          blocked={(each) => resizeBlocked(server, each)}
          aside={(each) =>
            each.monthly.currency === currency && each.monthly.amount !== amount ? (
              <Amount signed value={{ amount: each.monthly.amount - amount, currency }} />
            ) : null
          }
        />
      )}
      {grows && (
        <Field label={t('resize.grow', { from: server.diskGb, to: wanted.diskGb })} help={t('resize.grow.help')} inline>
          {(control) => <Checkbox {...control} checked={growDisk} onCheckedChange={(on) => setGrowDisk(on === true)} />}
        </Field>
      )}
    </ReviewDialog>
  );
}
