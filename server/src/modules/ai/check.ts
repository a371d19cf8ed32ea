import type { AiOrigin } from '#kernel/ai.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { Checked, Line, ProviderChecks } from './providers/port.ts';
import { findProvider } from './store.ts';
import type { ProviderRow } from './tables.ts';

export interface CheckDeps {
  databases: Databases;
  now: Clock;
  /** With its key and the guarded way out, within the time. */
  line: (origin: AiOrigin, provider: ProviderRow) => Promise<Line>;
}

const LONGEST_MS = 15_000;
const LISTED = 500;

const headersOf = ({ row: { kind }, apiKey }: Line): Record<string, string> => {
  if (apiKey === undefined) return {};
  if (kind === 'anthropic') return { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
  return kind === 'azure' ? { 'api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
};

/** All three shapes that lists of models have. */
function namesIn(body: unknown): string[] {
  const { data, models } = (typeof body === 'object' && body !== null ? body : {}) as { data?: unknown; models?: unknown };
  const items = Array.isArray(data) ? data : Array.isArray(models) ? models : [];
  const names = items.map((item: { id?: unknown; name?: unknown }) => item.id ?? item.name);
  return names.filter((name) => typeof name === 'string').slice(0, LISTED);
}

async function ask(line: Line): Promise<Omit<Checked, 'durationMs'>> {
  if (line.row.kind === 'mock') return { ok: true, detail: 'The mock answers by its script.', models: ['scripted'] };
  const answer = await line.fetch(`${line.baseUrl}/models`, { headers: headersOf(line), signal: AbortSignal.timeout(LONGEST_MS) });
  const { status } = answer;
  if (status === 401 || status === 403) {
    await answer.body?.cancel();
    return { ok: false, detail: `It answers, and refuses the key (${status}).`, models: [] };
  }
  if (status !== 200) {
    await answer.body?.cancel();
    const words =
      status === 404 ? 'It answers, and has no list of models there (404): is the address whole, such as with /v1?' : `It answers ${status}.`;
    return { ok: false, detail: words, models: [] };
  }
  const models = namesIn(await answer.json().catch(() => undefined));
  return models.length > 0
    ? { ok: true, detail: `It answers and takes the key; it has ${models.length} models.`, models }
    : { ok: false, detail: 'It answers, and not with a list of models: is the address right?', models };
}

/** What went wrong before there was an answer, in words without secrets. */
function detailOf(error: unknown, tenantId: string): string {
  const text = error instanceof Problem || error instanceof Error ? error.message : 'It cannot be asked.';
  return scrub(`No answer: ${text}`, tenantId).slice(0, 400);
}

/** Tries providers of models out by asking for their lists of models. */
export const createChecks = ({ databases, now, line }: CheckDeps): ProviderChecks => ({
  async check({ tenantId, actor }, id) {
    const row = await databases.tenant({ tenantId, operation: 'ai check', readOnly: true }, (db) => findProvider({ db, tenantId }, id));
    const from = now().getTime();
    const found = await line({ tenantId, actor, purpose: 'llm' }, row).then(ask).catch((error: unknown) => ({ ok: false, detail: detailOf(error, tenantId), models: [] }));
    return { ...found, durationMs: Math.max(0, now().getTime() - from) };
  },
}); // prettier-ignore
