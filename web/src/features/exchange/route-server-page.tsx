import { useQuery } from '@tanstack/react-query';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { configQuery, routeServerQuery, type RouteServer } from './api.ts';
import { Crumbs } from './crumbs.tsx';
import { ServerAccess } from './server-access.tsx';
import { ServerGenerations } from './server-generations.tsx';
import { RowActs } from './row-acts.tsx';

const mono = (text: string) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{text}</span>;

/** The configuration as it is to be, file by file; or why none can be made. */
function Config({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(configQuery(id));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={10} />;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm text-ink-2">
        <span>{t('exchange.config.sessions', { count: data.peers })}</span>
        <span>SHA-256 {mono(data.sha256)}</span>
        <a className="text-accent underline" href={`/api/v1/exchange/route-servers/${encodeURIComponent(id)}/export`} download>
          {t('exchange.config.download')}
        </a>
      </p>
      {data.files.map(({ path, content }) => (
        <details key={path} className="rounded-md border border-line px-3 py-2">
          <summary className="cursor-pointer font-mono text-xs pointer-coarse:py-2">{path}</summary>
          <CodeBlock code={content} label={path} className="mt-2" />
        </details>
      ))}
    </div>
  );
}

const RouteServerView = ({ server }: { server: RouteServer }) => (
  <PageFrame
    title={server.name}
    eyebrow={<Crumbs fabric={server.fabric} />}
    facts={mono(server.handle)}
    actions={<RowActs resource="routeServers" item={server} of={server.name} />}
  >
    <Card title={t('exchange.server')}>
      <KeyValues
        rows={[
          [t('exchange.address'), mono([server.addressV6, server.addressV4].filter((one) => one !== null).join(', '))],
          [t('exchange.routerId'), mono(server.routerId)],
          [t('exchange.validators'), mono(server.rtrServers.map(({ host, port }) => `[${host}]:${port}`).join(', ') || '–')],
        ]}
      />
    </Card>
    <ServerAccess id={server.handle} />
    <ServerGenerations id={server.handle} />
    <Card title={t('exchange.config')}>
      <p className="mb-3 text-sm text-ink-2">{t('exchange.config.text')}</p>
      <Config id={server.handle} />
    </Card>
  </PageFrame>
);

/** One route server, and the configuration that it is to have. */
export function RouteServerPage({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(routeServerQuery(id));
  if (data) return <RouteServerView server={data} />;
  if (error) return <ProblemView error={error} size="page" retry={() => void refetch()} />;
  return (
    <PageFrame title={t('exchange.server')}>
      <SkeletonText lines={8} />
    </PageFrame>
  );
}
