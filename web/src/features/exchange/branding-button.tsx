import { useQuery, useQueryClient } from '@tanstack/react-query';
import { openOperation } from '#features/operations/open.ts';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';

const PATH = '/exchange/branding';

/** How the exchange presents itself, as it is now, to be changed. */
export function BrandingButton() {
  const client = useQueryClient();
  const blocked = useBlocked('exchange:manage');
  const { data } = useQuery({ queryKey: [PATH], queryFn: ({ signal }) => request<Answer<'exchange.branding.get'>>('GET', PATH, { signal }) });
  function open(): void {
    const { version, ...known } = data!;
    const input = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
    openOperation({
      name: 'exchange.branding.update',
      input,
      ifMatch: version,
      onSettled: () => void client.invalidateQueries({ queryKey: [PATH] }),
    });
  }
  return (
    <Button blocked={blocked} disabled={!data} onClick={open}>
      {t('exchangeFace.change')}
    </Button>
  );
}
