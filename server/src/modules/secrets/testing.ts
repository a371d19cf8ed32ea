import { randomBytes } from 'node:crypto';
import type { Config } from '#kernel/config.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { clouds, cloudsCreate } from '#modules/clouds/index.ts';
import { ConnectionValidators } from '#modules/clouds/validation.ts';
import { policies } from '#modules/policies/index.ts';
import { asSuperuser, cloneDatabase } from '#test/clone.ts';
import { createWorld, type Person, type World, type WorldOptions } from '#test/world.ts';
import { cloudAdapters } from '../../clouds.ts';
import { secretAdapters } from '../../secrets.ts';
import { secrets, secretsCreate, secretsDelete } from './index.ts';
import { Vault } from './providers/port.ts';

/** A name that no other test uses. */
export const freshName = (begin = 'TEST'): string => `${begin}_${randomBytes(4).toString('hex').toUpperCase()}`;

/**
 * Secrets with clouds beside them, whose connections of kind rfc2136 name secrets: the server behind them takes the TSIG secrets that
 * stand in `takes`, and `tried` keeps what it was shown.
 */
export async function secretWorld(options: Omit<WorldOptions, 'modules' | 'adapters' | 'databaseUrl'> = {}) {
  const databaseUrl = await cloneDatabase();
  const takes = new Set<string>();
  const tried: string[] = [];
  const ops: string[] = [];
  const config = { allowPrivateTargets: true, demo: true, dnsPort: 0 } as Config;
  const world: World = await createWorld({
    modules: [secrets, clouds, policies],
    databaseUrl,
    ...options,
    adapters: (parts, people) => [
      ...cloudAdapters(parts, config),
      ...secretAdapters(parts, people, databaseUrl, (op) => void ops.push(op)),
      provide(ConnectionValidators, {
        validate: async (_kind, { credential }) => {
          const shown = credential?.['tsigSecret'] ?? '';
          tried.push(shown);
          const ok = takes.has(shown);
          return {
            ok,
            identity: 'ns',
            checks: [{ name: 'update', ok, detail: ok ? 'accepted' : `BADSIG with ${shown}`, remedy: null }],
            warnings: [],
          };
        },
      }),
    ],
  });
  const root = await asSuperuser(databaseUrl);
  return {
    ...world,
    takes,
    tried,
    /** What metrics were told of. */
    ops,
    /** The database as its superuser sees it, past row-level security. */
    root,
    vault: providerOf(world.adapters)(Vault),
    references: providerOf(world.adapters)(SecretReferences),
    store: (person: Person, more: Record<string, unknown> = {}) =>
      world.done(secretsCreate, { name: freshName(), value: 'correct-horse-battery', ...more }, person),
    /** What destroys something waits for somebody else's agreement, by the rules that every tenant begins with. */
    gone: async (id: string, person: Person, approver: Person): Promise<void> => {
      const { state, problem } = await world.carriedOut(secretsDelete, { id }, person, approver);
      if (state !== 'succeeded') throw new Error(`the deletion is ${state}: ${JSON.stringify(problem)}`);
    },
    connect: (person: Person, tsigSecret: string, more: Record<string, unknown> = {}) =>
      world.done(cloudsCreate, nameServer(tsigSecret, more), person),
    end: async () => {
      await root.end();
      await world.close();
    },
  };
}
export type SecretWorld = Awaited<ReturnType<typeof secretWorld>>;

/** A connection to a name server whose key is this text. */
export const nameServer = (tsigSecret: string, more: Record<string, unknown> = {}) => ({
  name: `ns-${randomBytes(3).toString('hex')}`,
  kind: 'rfc2136',
  config: { server: '127.0.0.1', port: 5300, tsigName: 'key.' },
  credential: { tsigSecret },
  ...more,
});
