import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { Federation } from './port.ts';

/** Throws `peeringdb-not-configured` where the installation has no client there. */
export async function requirePeeringdb(ctx: Context): Promise<void> {
  const { providers } = await ctx.provider(Federation).offer({});
  if (!providers.some(({ id }) => id === 'peeringdb'))
    throw new Problem('peeringdb-not-configured', 'This installation has no client at PeeringDB. Sign in another way.');
}
