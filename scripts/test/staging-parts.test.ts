import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Config } from '../staging/config.ts';
import { openInstallation } from '../staging/installation.ts';
import { createLines } from '../staging/lines.ts';
import type { Stage } from '../staging/stage.ts';
import { tryDoctor, tryRestart } from '../staging/surroundings.ts';
import type { Line } from '../lib/staging-report.mjs';

let server: Server | undefined;
afterEach(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A stage on which only these settings matter. */
function stageOf(settings: Partial<Config>): Stage {
  const signal = new AbortController().signal;
  const lines = createLines(signal, (text) => text, () => undefined); // prettier-ignore
  return { config: { approvalMinutes: 1, apiKey: 'key', ...settings }, lines, signal, say: () => undefined } as Partial<Stage> as Stage;
}
const REACHED = { number: 1, result: 'passed' } as Line;
const node = (code: string): string[] => [process.execPath, '-e', code];

describe('restart under load', () => {
  const restarting = async (status: (asked: number) => number, command?: string[]): Promise<Line> => {
    let asked = 0;
    const url = await listening((_request, response) => json(response, status((asked += 1)), {}));
    return tryRestart(stageOf({ url, restart: { seconds: 1, perSecond: 20, command } }), REACHED);
  };

  test('passes when no request fails while the command restarts, and needs a person without a command', async () => {
    expect(await restarting(() => 200, node(''))).toMatchObject({ result: 'passed', did: expect.stringMatching(/^none of \d\d requests failed, while/) });
    expect(await restarting(() => 200)).toMatchObject({ result: 'person', did: expect.stringContaining('Say whether each process was restarted') });
  }); // prettier-ignore

  test('goes on for as long as the command takes', async () => {
    const { did } = await restarting(() => 200, node('setTimeout(() => {}, 2_000)'));
    expect(Number(/^none of (\d+)/.exec(did)?.[1])).toBeGreaterThan(20);
  });

  test('fails when a single request does, or the command', async () => {
    expect(await restarting((asked) => (asked === 5 ? 503 : 200))).toMatchObject({ result: 'failed', error: expect.stringMatching(/^1 of \d\d requests failed: status 503$/) });
    expect(await restarting(() => 200, node('console.log("no such unit"); process.exit(5)'))).toMatchObject({ result: 'failed', error: expect.stringMatching(/ended with code 5: no such unit$/) });
  }); // prettier-ignore

  test('fails when nobody answers any more', async () => {
    const line = await tryRestart(stageOf({ url: 'http://127.0.0.1:9', restart: { seconds: 1, perSecond: 5 } }), REACHED);
    expect(line).toMatchObject({ result: 'failed', error: expect.stringMatching(/ of \d requests failed: .+/) });
  });
});

test('the doctor passes with findings that are all well, whatever is printed beside them; each other says why', async () => {
  const prints = (findings: object[], code = 0): string[] => node(`console.log('started'); console.log(${JSON.stringify(JSON.stringify(findings, null, 2))}); process.exit(${code})`);
  const tried = async (doctor: string[], restored?: string[]): Promise<Line[]> => {
    const stage = stageOf({ doctor, restored });
    await tryDoctor(stage);
    return [...stage.lines.all];
  };
  const well = { name: 'Disk space', ok: true, detail: '9 GiB' };
  expect(await tried(prints([well]), prints([well, { name: 'Master key', ok: false, detail: 'it is another one' }], 1))).toMatchObject([
    { name: 'Doctor', result: 'passed', did: 'Disk space' },
    { name: 'Backup', result: 'failed', error: 'Master key: it is another one' },
  ]);
  expect(await tried(prints([well], 1))).toMatchObject([{ result: 'failed', error: expect.stringContaining('ended with code 1 and 1 findings') }, { result: 'person' }]);
  expect(await tried(['no-such-program'])).toMatchObject([{ result: 'failed', error: expect.stringContaining('ENOENT') }, { result: 'person' }]);
}); // prettier-ignore

describe('a Change that somebody else has to agree to', () => {
  const change = (state: string, endedAt: string | null = null) => ({ id: 'c1', number: 'CHG-1', operation: 'exchange.networks.bind', state, endedAt, outcome: { networkId: 'n' } });

  test('is waited for where no second key is given, and says so', async () => {
    let looks = 0;
    const said: string[] = [];
    const url = await listening((request, response) => {
      if (request.method === 'POST') return json(response, 202, { change: change('awaiting_approval') });
      looks += 1;
      return json(response, 200, looks < 3 ? change('awaiting_approval') : change('succeeded', 'now'));
    });
    const installation = openInstallation(stageOf({ url }).config, new AbortController().signal, (line) => void said.push(line));
    expect(await installation.does('POST', '/exchange/networks/bind', {})).toEqual({ networkId: 'n' });
    expect(said).toEqual([expect.stringContaining('CHG-1 (exchange.networks.bind) waits until somebody else agrees')]);
  });

  test('is called off when the test is stopped meanwhile, and nothing is begun after that', async () => {
    const asked: string[] = [];
    const url = await listening((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const isCancelled = asked.some((line) => line.endsWith('/changes/c1/cancel'));
      if (request.method === 'POST' && !isCancelled) return json(response, 202, { change: change('awaiting_approval') });
      return json(response, 200, isCancelled ? change('cancelled', 'now') : change('awaiting_approval'));
    });
    const stop = new AbortController();
    const installation = openInstallation(stageOf({ url }).config, stop.signal, () => stop.abort());
    await expect(installation.does('POST', '/exchange/networks/bind', {})).rejects.toThrow();
    await installation.settle();
    expect(asked.filter((line) => line.startsWith('POST'))).toEqual(['POST /api/v1/exchange/networks/bind', 'POST /api/v1/changes/c1/cancel']);
    const before = asked.length;
    await expect(installation.read('/me')).rejects.toThrow();
    expect(asked).toHaveLength(before);
  });
}); // prettier-ignore
