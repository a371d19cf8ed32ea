import { Problem } from '#kernel/problem.ts';
import type { Work } from '#kernel/work.ts';
import { alternativesTo } from './choices.ts';
import { catalogOf, findConnection } from './connection-rows.ts';
import { classOf } from './provider-problems.ts';
import type { ServerRow } from './tables.ts';

/** Sold out is told with what else there is, and never tried again by itself. */
export async function withAlternatives<T>(work: Work, row: Pick<ServerRow, 'connectionId' | 'region'>, wanted: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (classOf(error) !== 'capacity') throw error;
    const catalog = await work.tx(async (place) => catalogOf(place, await findConnection(place, row.connectionId)));
    const size = catalog.sizes.find(({ id }) => id === wanted);
    const alternatives = alternativesTo(catalog, size, row.region, work.now());
    const places = size?.regions.filter((region) => region !== row.region) ?? [];
    const hint = `Available in ${row.region}: ${alternatives.map((each) => each.size).join(', ') || 'nothing'}.${places.length > 0 ? ` ${wanted} is also sold in ${places.join(', ')}.` : ''}`;
    throw new Problem('provider-capacity', `${(error as Problem).message} ${hint}`, { alternatives, regions: places }, { cause: error });
  }
}
