import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Driver } from '../journeys/scenario.ts';
import { api } from '../lib/api.ts';
import type { Login, Product } from '../lib/product.ts';

type Result = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- what a tool answers is read field by field

/** The journey as an agent makes it: with the official MCP client, one connection per person. */
export function mcpDriver(product: Product): Driver {
  const clients = new Map<string, Client>();

  async function clientOf({ email, apiKey }: Login): Promise<Client> {
    let client = clients.get(email);
    if (!client) {
      client = new Client({ name: 'journey', version: '1.0.0' });
      await client.connect(
        new StreamableHTTPClientTransport(new URL(product.mcpUrl), { requestInit: { headers: { Authorization: `Bearer ${apiKey}` } } }),
      );
      clients.set(email, client);
    }
    return client;
  }

  async function tool(who: Login, name: string, args: Record<string, unknown>): Promise<Result> {
    const result = await (await clientOf(who)).callTool({ name, arguments: args });
    return { refused: result.isError === true, ...(result.structuredContent as Result) };
  }

  /** What a call answers when it has to wait: the number of its Change. */
  async function ask(who: Login, name: string, args: Record<string, unknown>): Promise<string> {
    const answer = await tool(who, name, args);
    if (answer['status'] !== 'accepted') throw new Error(`${name} was not accepted: ${JSON.stringify(answer)}`);
    return String(answer['change'].number);
  }

  const outputOf = (answer: Result): Result => (answer['output'] as Result | undefined) ?? answer;

  return {
    async askForRecord(who, { zone, name, address, comment }) {
      const zones = outputOf(await tool(who, 'dns_listZones', {}));
      const { id } = (zones['items'] as { id: string; name: string }[]).find((one) => one.name === zone)!;
      return ask(who, 'dns_createRecord', { id, name, type: 'A', value: address, ttl: 300, comment });
    },
    async askForServer(who, { name, environment, comment }) {
      const connections = outputOf(await tool(who, 'clouds_list', {}));
      const { id } = (connections['items'] as { id: string; kind: string }[]).find((one) => one.kind === 'simulated')!;
      const catalog = outputOf(await tool(who, 'clouds_catalog', { id }));
      const spec = cheapest(catalog);
      return ask(who, 'servers_create', { connectionId: id, name, environment, ...spec, comment });
    },
    async approve(who, change) {
      const seen = outputOf(await tool(who, 'changes_get', { id: change }));
      // No tool decides: an agent asks, and a person agrees elsewhere.
      const { status, body } = await api(product, who, 'POST', `/changes/${change}/approve`, { planHash: seen['planHash'] });
      return status === 200 ? null : String(body.type).split('/').at(-1)!;
    },
    async follow(who, change) {
      for (const end = Date.now() + 60_000; Date.now() < end;) {
        const seen = outputOf(await tool(who, 'changes_get', { id: change }));
        if (seen['endedAt']) return String(seen['state']);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return 'never ended';
    },
    async serverStatus(who, name) {
      const found = outputOf(await tool(who, 'servers_list', { q: name }));
      return String((found['items'] as { name: string; status: string }[]).find((one) => one.name === name)?.status);
    },
    async trail(who, change) {
      const { id } = outputOf(await tool(who, 'changes_get', { id: change }));
      const { items } = outputOf(await tool(who, 'audit_list', { changeId: id }));
      return (items as { actor: { name: string }; result: string }[]).map(({ actor, result }) => `${actor.name} ${result}`).reverse();
    },
    async close() {
      for (const client of clients.values()) await client.close();
    },
  };
}

interface Catalog {
  regions: { id: string }[];
  sizes: { id: string; architecture: string; regions: string[]; monthly: { amount: number }; endsAt: string | null }[];
  images: { id: string; architecture: string; endsAt: string | null }[];
}

/** The cheapest thing that can be had for good: what a person would pick first. */
export function cheapest(answer: Record<string, unknown>): { region: string; size: string; image: string } {
  const { sizes, images } = answer as unknown as Catalog;
  const size = sizes.filter(({ endsAt }) => endsAt === null).sort((a, b) => a.monthly.amount - b.monthly.amount)[0]!;
  const image = images.find(({ architecture, endsAt }) => architecture === size.architecture && endsAt === null)!;
  return { region: size.regions[0]!, size: size.id, image: image.id };
}
