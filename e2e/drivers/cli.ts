import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Driver } from '../journeys/scenario.ts';
import { watch } from '../lib/canary.ts';
import type { Login, Product } from '../lib/product.ts';
import { cheapest } from './mcp.ts';

const SWITCHYARD = fileURLToPath(new URL('../../sdk/bin/switchyard.mjs', import.meta.url));

type Json = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- what a command prints is read field by field
interface Ran {
  code: number;
  out: string;
  err: string;
}

/** The journey as a script makes it: the `switchyard` command with an API key in the environment. */
export function cliDriver(product: Product): Driver {
  const run = (who: Login, args: readonly string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const env = { ...process.env, SWITCHYARD_URL: product.url, SWITCHYARD_API_KEY: who.apiKey, SWITCHYARD_CONFIG_DIR: product.home, NO_COLOR: '1' };
      execFile(process.execPath, [SWITCHYARD, ...args], { env, timeout: 90_000 }, (error, out, err) => {
        watch.look(`what “switchyard ${args.join(' ')}” printed`, out + err);
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
      });
    });

  async function json(who: Login, ...args: string[]): Promise<Json> {
    const { code, out, err } = await run(who, [...args, '--json']);
    if (code !== 0 && code !== 3) throw new Error(`switchyard ${args.join(' ')} ended with ${code}: ${out}${err}`);
    return JSON.parse(out) as Json;
  }

  return {
    async askForRecord(who, { zone, name, address, comment }) {
      const { items } = await json(who, 'dns', 'list-zones');
      const { id } = (items as { id: string; name: string }[]).find((one) => one.name === zone)!;
      const { change } = await json(
        who,
        'dns',
        'create-record',
        '--id',
        id,
        '--name',
        name,
        '--type',
        'A',
        '--value',
        address,
        '--ttl',
        '300',
        '--comment',
        comment,
      );
      return String(change.number);
    },
    async askForServer(who, { name, environment, comment }) {
      const { items } = await json(who, 'clouds', 'list');
      const { id } = (items as { id: string; kind: string }[]).find((one) => one.kind === 'simulated')!;
      const { region, size, image } = cheapest(await json(who, 'clouds', 'catalog', '--id', id));
      const { change } = await json(who, 'servers', 'create', '--connection-id', id, '--name', name, '--region', region, '--size', size, '--image', image, '--environment', environment, '--comment', comment); // prettier-ignore
      return String(change.number);
    },
    async approve(who, change) {
      const { code, out, err } = await run(who, ['changes', 'approve', change, '--json']);
      if (code === 0) return null;
      const problem = JSON.parse(out || err) as { type: string };
      return problem.type.split('/').at(-1)!;
    },
    async follow(who, change) {
      for (const end = Date.now() + 60_000; Date.now() < end;) {
        const seen = await json(who, 'changes', 'get', change);
        if (seen['endedAt']) return String(seen['state']);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return 'never ended';
    },
    async serverStatus(who, name) {
      const { items } = await json(who, 'servers', 'list', '--q', name);
      return String((items as { name: string; status: string }[]).find((one) => one.name === name)?.status);
    },
    async trail(who, change) {
      const { id } = await json(who, 'changes', 'get', change);
      const { items } = await json(who, 'audit', 'list', '--change-id', String(id));
      return (items as { actor: { name: string }; result: string }[]).map(({ actor, result }) => `${actor.name} ${result}`).reverse();
    },
    close: async () => undefined,
  };
}
