import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A network with its contacts, as `GET /api/net?depth=2` of PeeringDB's API has them. */
export interface PeeringdbNetwork {
  id: number;
  asn: number;
  name: string;
  [field: string]: unknown;
}
interface Forced {
  status?: number;
  headers?: Record<string, string>;
  text?: string;
}

/** The part of PeeringDB's API that tells of networks: `{ data: [...], meta: {} }`, with contacts from depth 2 on, and 401 for a wrong key. */
export async function startPeeringdb(networks: PeeringdbNetwork[], { key }: { key?: string } = {}) {
  const asked: { path: string; authorization: string | undefined }[] = [];
  const forced: Forced[] = [];

  const answerTo = (url: URL): Forced => {
    if (url.pathname !== '/api/net') return { status: 404, text: '{"message":"Not found"}' };
    const asn = url.searchParams.get('asn');
    const found = networks.filter((network) => asn === null || network.asn === Number(asn));
    const depth = Number(url.searchParams.get('depth') ?? 0);
    const shown = depth >= 2 ? found : found.map(({ poc_set: _contacts, ...network }) => network);
    return { text: JSON.stringify({ data: shown, meta: {} }) };
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://peeringdb.invalid');
    asked.push({ path: url.pathname + url.search, authorization: request.headers.authorization });
    const isKnown = key === undefined || [undefined, `Api-Key ${key}`].includes(request.headers.authorization);
    const { status = 200, headers = {}, text = '{"meta":{}}' } = forced.shift() ?? (isKnown ? answerTo(url) : { status: 401 });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    networks,
    asked,
    /** The next question gets this answer instead. */
    force: (answer: Forced) => void forced.push(answer),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
