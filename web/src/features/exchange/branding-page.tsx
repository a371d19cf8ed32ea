import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Loaded } from '#features/account/loaded.tsx';
import { faceKey, Foot, Name, useFace } from '#features/exchange-face/face.tsx';
import { openOperation } from '#features/operations/open.ts';
import { PictureField } from '#features/organization/picture-field.tsx';
import type { Answer } from '#lib/answers.ts';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Crumbs } from './crumbs.tsx';

const PATH = '/exchange/branding';
type Branding = Answer<'exchange.branding.get'>;

/** Names, links and colours, as they are now, to be changed. */
function Change({ branding, keys }: { branding: Branding; keys: readonly (readonly string[])[] }) {
  const client = useQueryClient();
  const blocked = useBlocked('exchange:manage');
  function open(): void {
    const { version, logoUrl: _logo, ...known } = branding;
    const input = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
    openOperation({
      name: 'exchange.branding.update',
      input,
      ifMatch: version,
      onSettled: () => void keys.forEach((queryKey) => void client.invalidateQueries({ queryKey })),
    });
  }
  return (
    <Button blocked={blocked} className="self-start" onClick={open}>
      {t('exchangeFace.words.change')}
    </Button>
  );
}

/** The head and the foot of the pages that the world sees. */
function Preview({ tenant }: { tenant: string }) {
  const face = useFace(tenant);
  if (!face) return <p className="p-4 text-ink-2">{t('exchangeFace.preview.none')}</p>;
  return (
    <div className="py-4">
      <div className="px-4 sm:px-6">
        <Name face={face} />
      </div>
      <Foot face={face} />
    </div>
  );
}

/** How the exchange presents itself on the pages that the world and its members see. */
export function BrandingPage() {
  const { tenant } = useMe();
  const blocked = useBlocked('exchange:manage');
  const query = useQuery({ queryKey: [PATH], queryFn: ({ signal }) => request<Branding>('GET', PATH, { signal }) });
  const keys = [[PATH], faceKey(tenant.slug)];
  return (
    <PageFrame title={t('exchangeFace.change')} eyebrow={<Crumbs />} facts={<span>{t('exchangeFace.lead')}</span>} width="reading">
      <Loaded query={query} lines={6}>
        {(branding) => (
          <div className="flex flex-col gap-5">
            <Card title={t('branding.look')}>
              <div className="flex flex-col gap-5">
                <PictureField
                  kind="logo"
                  url={branding.logoUrl}
                  version={branding.version}
                  blocked={blocked}
                  place={{ put: `${PATH}/logo`, remove: () => run('DELETE', `${PATH}/logo`, {}, { ifMatch: branding.version }), keys }}
                />
                <p className="text-ink-2">{t('exchangeFace.logo.help')}</p>
                <Change branding={branding} keys={keys} />
              </div>
            </Card>
            <Card flush title={t('branding.preview')}>
              <Preview tenant={tenant.slug} />
            </Card>
          </div>
        )}
      </Loaded>
    </PageFrame>
  );
}
