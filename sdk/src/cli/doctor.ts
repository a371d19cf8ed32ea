import type { Api } from './api.ts';
import { ApiProblem, EXIT, type ProblemBody } from './exit.ts';
import { print, type Io } from './io.ts';
import { styleOf, type Style } from './style.ts';

interface Finding {
  good: boolean;
  text: string;
  remedy?: string;
}

const MAX_SKEW_MS = 60_000;

async function reach(io: Io, url: string): Promise<Finding[]> {
  try {
    const response = await io.fetch(`${url}/health`, { signal: AbortSignal.any([io.signal, AbortSignal.timeout(5_000)]) });
    const { status } = (await response.json()) as { status?: string };
    const skew = Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now());
    return [
      response.ok
        ? { good: true, text: `${url} answers: ${status ?? 'ready'}` }
        : { good: false, text: `${url} answers ${response.status}: ${status ?? 'not ready'}`, remedy: 'Run switchyard doctor on the server itself.' },
      ...(skew > MAX_SKEW_MS
        ? [{ good: false, text: `the clocks differ by ${Math.round(skew / 1000)} s`, remedy: 'Set this machine’s clock.' }]
        : []),
    ];
  } catch (error) {
    return [
      {
        good: false,
        text: `${url} does not answer (${(error as Error).message})`,
        remedy: 'Check the address (--url, SWITCHYARD_URL) and that the server runs.',
      },
    ];
  }
}

async function signIn(api: Api): Promise<Finding> {
  if (!api.target.token)
    return { good: false, text: 'no sign-in is saved for this address', remedy: 'Run switchyard login, or set SWITCHYARD_API_KEY.' };
  try {
    const { actor, tenant } = (await api.request('GET', '/api/v1/me')).body as { actor: { name: string }; tenant: { name: string } | null };
    return { good: true, text: `signed in as ${actor.name}${tenant ? ` in ${tenant.name}` : ', in no tenant yet'}` };
  } catch (error) {
    const body: Partial<ProblemBody> = error instanceof ApiProblem ? error.body : {};
    return { good: false, text: `the sign-in is not good: ${body.detail ?? (error as Error).message}`, remedy: 'Run switchyard login again.' };
  }
}

const line = ({ good, text, remedy }: Finding, { good: green, bad, quiet }: Style): string =>
  `${good ? green('✓') : bad('✗')} ${text}${remedy ? `\n  ${quiet(remedy)}` : ''}`;

/** `doctor` where no server lies beside us: is there a connection, and is it good? */
export async function checkConnection(io: Io, api: Api): Promise<number> {
  const findings = await reach(io, api.target.url);
  if (findings[0]?.good) findings.push(await signIn(api));
  const style = styleOf(io);
  for (const finding of findings) print(io, line(finding, style));
  return findings.every(({ good }) => good) ? EXIT.ok : EXIT.problem;
}
