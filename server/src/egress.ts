import { lookup } from 'node:dns/promises';
import type { Config } from '#kernel/config.ts';
import { provide } from '#kernel/port.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import type { Parts } from './core.ts';

/** Where the installation's own database and Redis listen; a name that leads nowhere now closes nothing. */
export async function ownPlaces(urls: readonly (string | undefined)[]): Promise<ReadonlySet<string>> {
  const places = await Promise.all(
    urls.flatMap(async (text) => {
      if (text === undefined || !URL.canParse(text)) return [];
      const { hostname, port, protocol } = new URL(text);
      const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
      return found.map(({ address }) => `${address}:${port || (protocol.startsWith('redis') ? 6379 : 5432)}`);
    }),
  );
  return new Set(places.flat());
}

/** The way out of workflows. `closed`: places that nobody opens; `denied` is told of each attempt to go where nobody may. */
export const egressAdapters = (
  { now }: Pick<Parts, 'now'>,
  { allowPrivateTargets, egressNetworks }: Pick<Config, 'allowPrivateTargets' | 'egressNetworks'>,
  closed: ReadonlySet<string>,
  denied: () => void = () => undefined,
) => [provide(Egress, createEgress({ allowPrivateTargets, openable: egressNetworks, closed, now, denied }))];
