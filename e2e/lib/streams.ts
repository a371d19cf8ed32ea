import type { Page } from 'playwright-core';

/** What a page hears of executions over its WebSockets. */
export interface Streams {
  /** Every message, over all connections. */
  heard: { type: string; seq: number }[];
  /** Behind which message each connection began. */
  begins: number[];
  /** Ends the connection that is open, as a network does: nothing more is heard over it. */
  cut: () => Promise<void>;
}

/** Listens in on every stream of an execution that the page opens from now on. */
export async function followStreams(page: Page): Promise<Streams> {
  const streams: Streams = { heard: [], begins: [], cut: () => Promise.reject(new Error('no stream has been opened')) };
  await page.routeWebSocket(/\/executions\/[^/]+\/stream/, (route) => {
    const server = route.connectToServer();
    let isCut = false;
    streams.begins.push(Number(new URL(route.url()).searchParams.get('after')));
    server.onMessage((message) => {
      if (isCut) return;
      streams.heard.push(JSON.parse(message.toString()) as { type: string; seq: number });
      route.send(message);
    });
    streams.cut = async () => {
      isCut = true;
      await route.close({ code: 4000, reason: 'cut by the journey' });
      await server.close();
    };
  });
  return streams;
}
