import type { Config } from '#kernel/config.ts';
import { checkPort, StartError } from '../embedded/index.ts';
import type { Finding } from './finding.ts';

/** The port is free, or Switchyard itself answers there. */
export async function ports({ port, host }: Config): Promise<Finding> {
  const name = `Port ${port}`;
  try {
    await checkPort(port, host);
    return { name, ok: true, detail: `free on ${host}` };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    if (await isSwitchyard(host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host, port))
      return { name, ok: true, detail: 'Switchyard is running there' };
    return { name, ok: false, detail: error.message, remedy: error.remedy };
  }
}

/** Our liveness probe answers, with our header on it. */
async function isSwitchyard(host: string, port: number): Promise<boolean> {
  const at = host.includes(':') ? `[${host}]` : host;
  const answer = await fetch(`http://${at}:${port}/health/live`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return answer?.ok === true && answer.headers.has('x-request-id');
}
