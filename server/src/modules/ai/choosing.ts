import type { AiOrigin, AiRequest } from '#kernel/ai.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import type { Candidate } from './attempts.ts';
import { defaultOf, entriesOf, ruleFault, type Entry } from './models.ts';

type Wish = Pick<AiRequest, 'origin' | 'model' | 'fallback' | 'apiKey' | 'confidential'>;
type Rules = Awaited<ReturnType<typeof entriesOf>>['rules'];

const forbidden = (id: string, why: string): Problem => new Problem('ai-forbidden', `"${id}" may not be used: ${why}.`);

/** The key of the call's own belongs to the provider of the model that is asked first: no other one is shown it. */
export const keysOf =
  ({ apiKey }: Pick<Wish, 'apiKey'>, first: Entry) =>
  ({ view }: Entry): string | undefined =>
    view.provider === first.view.provider ? apiKey : undefined;

/** Why a model is out of the question for this call; undefined when it is not. A key of the call's own does for one that is missing. */
function obstacle({ view, provider }: Entry, rules: Rules, { confidential = false }: Wish, apiKey: string | undefined): Problem | undefined {
  const why = provider && ruleFault(provider, rules);
  if (why) return forbidden(view.id, why);
  if (provider && confidential && !provider.confidential)
    return forbidden(view.id, `the content is confidential, and the provider ${provider.name} is not trusted with it`);
  const isOpened = provider?.enabled === true && view.enabled && apiKey !== undefined;
  return view.unavailable === null || isOpened
    ? undefined
    : new Problem('ai-provider-unavailable', `"${view.id}" cannot be used: ${view.unavailable}.`);
}

const wantedOf = ({ purpose }: AiOrigin): 'chat' | 'embedding' => (purpose === 'embedding' ? 'embedding' : 'chat');

function entryFor(id: string, entries: readonly Entry[], wanted: 'chat' | 'embedding'): Entry {
  const entry = entries.find(({ view }) => view.id === id);
  if (!entry) throw new Problem('ai-model-unknown', `There is no model "${id}" in the catalogue of this tenant. List them with ai.models.list.`);
  if (entry.view.kind === wanted) return entry;
  throw new Problem('ai-model-unknown', `"${id}" is a model for ${entry.view.kind}, and ${wanted} is wanted.`);
}

/** The models to be tried, in order. Throws `ai-model-unknown`. */
export async function candidatesOf(databases: Databases, wish: Wish): Promise<Candidate[]> {
  const { origin, model, fallback = [] } = wish;
  const { tenantId, purpose } = origin;
  const read = (db: Database) => entriesOf({ db, tenantId });
  const { entries, rules } = await databases.tenant({ tenantId, operation: 'ai models', readOnly: true }, read);
  const first = model ?? defaultOf(rules, purpose);
  if (first === null)
    throw new Problem('ai-model-unknown', `No model is set for the purpose "${purpose}". Set a default with ai.settings.update, or name a model.`);
  const found = [first, ...fallback].map((id) => entryFor(id, entries, wantedOf(origin)));
  const keyFor = keysOf(wish, found[0]!);
  return found.map((entry) => ({ entry, obstacle: obstacle(entry, rules, wish, keyFor(entry)) }));
}
