import { useQueries } from '@tanstack/react-query';
import { BookOpen, Brain, GitPullRequestArrow, Globe, Server, Workflow, type LucideIcon } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useRouter } from '@tanstack/react-router';
import { request } from '#lib/api.ts';
import { t, type MessageKey } from '#lib/i18n.ts';
import { useOperations } from '#lib/manifest.ts';
import { match } from '#lib/match.ts';
import type { Page } from '#lib/types.ts';

interface Resource {
  id: string;
  name?: string;
  title?: string | null;
  key?: string;
  number?: string;
  summary?: string;
  state?: string;
  status?: string;
}
interface Source {
  /** The path that lists them; whoever may not call it does not see them. */
  path: string;
  heading: MessageKey;
  icon: LucideIcon;
  of: 'change' | 'resource';
  /** The page of one, and the route it needs. */
  route: string;
  pageOf: (item: Resource) => string;
}
const SOURCES: readonly Source[] = [
  {
    path: '/changes',
    heading: 'palette.group.changes',
    icon: GitPullRequestArrow,
    of: 'change',
    route: '/changes/$id',
    pageOf: (item) => `/changes/${item.number ?? item.id}`,
  },
  {
    path: '/servers',
    heading: 'palette.group.servers',
    icon: Server,
    of: 'resource',
    route: '/infrastructure/servers/$id',
    pageOf: (item) => `/infrastructure/servers/${item.id}`,
  },
  {
    path: '/dns/zones',
    heading: 'palette.group.zones',
    icon: Globe,
    of: 'resource',
    route: '/infrastructure/dns/$id',
    pageOf: (item) => `/infrastructure/dns/${item.id}`,
  },
  {
    path: '/workflows',
    heading: 'nav.workflows',
    icon: Workflow,
    of: 'resource',
    route: '/workflows/$id',
    pageOf: (item) => `/workflows/${item.id}`,
  },
  {
    path: '/memories',
    heading: 'nav.memory',
    icon: Brain,
    of: 'resource',
    route: '/memory/$id',
    pageOf: (item) => `/memory/${item.id}`,
  },
  {
    path: '/knowledge-collections',
    heading: 'nav.knowledge',
    icon: BookOpen,
    of: 'resource',
    route: '/knowledge/$id',
    pageOf: (item) => `/knowledge/${item.id}`,
  },
];
/** Of each kind, so that operations are not pushed out of sight. */
const SHOWN = 5;
const SEARCH = ['q', 'search', 'name'] as const;

interface Found {
  to: string;
  label: string;
  number: string | null;
  state: string | null;
  of: 'change' | 'resource';
  keywords: string[];
}
export interface FoundGroup {
  heading: string;
  icon: LucideIcon;
  items: Found[];
}

/** Resources by what is typed: searched by the server where its list can, else among the newest. */
export function useFound(text: string, open: boolean): { groups: FoundGroup[]; searching: boolean } {
  const wanted = useDeferredValue(text.trim());
  const operations = useOperations();
  const routes = useRouter().routesByPath;
  const sources = SOURCES.flatMap((source) => {
    const list = operations.find(({ method, path }) => method === 'GET' && path === `/api/v1${source.path}`);
    return list && source.route in routes ? [{ ...source, parameter: SEARCH.find((name) => name in (list.input.properties ?? {})) }] : [];
  });
  const results = useQueries({
    queries: sources.map(({ path, parameter }) => {
      const query = { limit: parameter ? 8 : 50, ...(parameter && wanted.length > 1 ? { [parameter]: wanted } : {}) };
      return {
        queryKey: [path, 'palette', query],
        queryFn: ({ signal }: { signal: AbortSignal }) => request<Page<Resource>>('GET', path, { query, signal }),
        enabled: open && wanted.length > 1,
        staleTime: 10_000,
      };
    }),
  });
  const groups = sources.map(({ heading, icon, of, pageOf }, i) => {
    const all = (results[i]?.data?.items ?? []).map((item): Found => {
      const label = item.name ?? item.title ?? item.key ?? item.summary ?? item.id;
      return {
        to: pageOf(item),
        label,
        number: item.number ?? null,
        state: item.state ?? item.status ?? null,
        of,
        keywords: [label, item.key ?? '', item.number ?? '', item.id],
      };
    });
    return { heading: t(heading), icon, items: all.filter(({ keywords }) => match('', wanted, keywords) > 0).slice(0, SHOWN) };
  });
  return { groups: wanted.length > 1 ? groups.filter(({ items }) => items.length > 0) : [], searching: results.some(({ isFetching }) => isFetching) };
}
