import { useInfiniteQuery } from '@tanstack/react-query';
import { portRoutesQuery } from './api.ts';
import { Why } from './routes.tsx';

/** The reasons for which a route server refuses routes of a port, each once. */
export function WhyRefused({ port, server }: { port: string; server: string }) {
  const { data } = useInfiniteQuery(portRoutesQuery(port, server, 'refused', undefined));
  const reasons = new Map((data?.pages[0]?.items ?? []).flatMap(({ reason }) => (reason ? [[reason.code, reason] as const] : [])));
  return (
    <ul className="flex flex-col gap-1">
      {[...reasons.values()].map((reason) => (
        <li key={reason.code}>
          <Why reason={reason} />
        </li>
      ))}
    </ul>
  );
}
