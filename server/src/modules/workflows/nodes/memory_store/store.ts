import { Problem } from '#kernel/problem.ts';
import { directionsOf, embeddingModel } from '#kernel/recall/meaning.ts';
import { Recall } from '#kernel/recall/port.ts';
import { memoriesCreate, type Meaning, type Provenance } from '#modules/memory/index.ts';
import type { Json } from '../../graph.ts';
import { Memories, type MemoryInput } from '../../memories.ts';
import { NodeError, type NodeRun, type Result, type Woken } from '../declare.ts';
import { begun, inOrder, proceed, settled, Standing, waitsForPeople, waitsOf, type Way } from '../operation/fan-out.ts';
import { classOf, refusalOf } from '../operation/outcome.ts';
import { redact } from '../security/scans.ts';
import { saidOr, type Config } from './config.ts';

export const STORE = memoriesCreate.name;
const way: Way = { operation: STORE, parallel: 1, wait: 'done', plan: false, ifAlready: 'error', stopOnError: true };

const absent = (text: string | undefined): string | undefined => (text === undefined || text.trim() === '' ? undefined : text.trim());
const some = <T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

function linksOf({ links, related, parentKey }: Config) {
  const parent = absent(parentKey);
  return [...links, ...related.map((to) => ({ to, relation: 'related' })), ...(parent === undefined ? [] : [{ to: parent, relation: 'part_of' }])];
}

/** What the Operation would be told: the same rules hold whichever way it is stored. */
export function inputOf(run: NodeRun, config: Config): MemoryInput {
  const clean = (text: string): string =>
    config.redactSecrets ? (redact(text, { secrets: true, personal: false, patterns: [], replacement: '•••' }).value as string) : text;
  const { space, type, tags, sensitivity, importance, confidence, expires, metadata, mergeStrategy, observedAt } = config;
  const [title, summary, evidence] = [absent(config.title), absent(config.summary), absent(config.evidence)];
  const given = some({
    space: space === 'workflow' ? `workflow:${run.workflowId}` : space,
    key: absent(config.memoryKey) ?? `${run.key}-${run.idempotencyKey.slice(0, 20).toLowerCase()}`,
    content: clean(saidOr(config.content, run.input)),
    title: title === undefined ? undefined : clean(title),
    summary: summary === undefined ? undefined : clean(summary),
    evidence: evidence === undefined ? undefined : clean(evidence),
    type, tags, sensitivity, importance, confidence, expires, metadata, mergeStrategy,
    versionNote: absent(config.versionNote),
    replacesKey: absent(config.replacesKey),
    observedAt: absent(observedAt),
    links: linksOf(config),
  }); // prettier-ignore
  const parsed = memoriesCreate.input.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NodeError('node-config-invalid', 'config', `${issue!.path.join('.')}: ${issue!.message}`);
}

function provenanceOf(run: NodeRun, { actorKind, actorId }: Config, { evidence, observedAt }: MemoryInput): Provenance {
  const { principal, workflowId, executionId, nodeId } = run;
  const kind = principal.agent ? 'agent' : principal.kind === 'system' ? 'system' : 'user';
  return {
    actorKind: actorKind ?? kind,
    actorId: absent(actorId) ?? principal.id,
    workflowId,
    executionId,
    nodeId,
    ...some({ evidence, observedAt }),
  };
}

/** What it means, asked before the transaction begins and paid for once; without an answer a worker asks again later. */
async function meaningFor(run: NodeRun, input: MemoryInput): Promise<Meaning | undefined> {
  const text = input.mergeStrategy === 'append' ? undefined : run.provider(Memories).meaningOf(input);
  const ai = run.provider(Recall).ai();
  if (text === undefined || !ai) return undefined;
  const told = await run.step('meaning', async () => {
    const model = await run.tx(({ db, tenantId }) => embeddingModel(ai, db, tenantId));
    if (model === undefined) return null;
    return directionsOf(ai, await run.asking('embedding'), model, [text], run.signal).then(
      ([vector]) => ({ model, vector: vector!.toString('base64') }),
      (error: unknown) => {
        if (error instanceof Problem) return null;
        throw error;
      },
    );
  });
  return told === null ? undefined : { of: text, model: told.model, vector: Buffer.from(told.vector, 'base64') };
} // prettier-ignore

/** What memory says, as a node's error. */
function telling(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  throw new NodeError(error.slug, classOf({ slug: error.slug, status: error.kind.status }), error.message);
}

const plainOf = (input: MemoryInput): Record<string, Json> => JSON.parse(JSON.stringify(input)) as Record<string, Json>;

/**
 * The Gate says whether the principal may, by a dry run; then it is stored in the transaction of the checkpoint, so once. Where a rule has
 * it agreed to first, the Operation itself does it, under a key.
 */
export async function store(run: NodeRun, config: Config): Promise<Result> {
  const input = inputOf(run, config);
  const plain = plainOf(input);
  const asked = await run.call(STORE, plain, { dryRun: true, tag: 'may' });
  if (asked.status === 'refused') throw refusalOf(asked.problem);
  if (asked.status === 'planned' && Array.isArray(asked.requirements) && asked.requirements.length > 0) return goOn(run, begun([plain]));
  const meaning = await meaningFor(run, input);
  const { principal: by } = run;
  const about = { by, provenance: provenanceOf(run, config, input), meaning, findEntities: config.extractEntities === 'regex' };
  return {
    async commit({ db, tenantId, provider, emit, now }) {
      const output = await provider(Memories)
        .keep({ db, tenantId }, input, { ...about, at: now() })
        .catch(telling);
      emit('memory.stored', { memoryId: output.id, version: output.version, created: output.created });
      return { output };
    },
  };
}

/** What is to be kept stands in no state while it waits, since it may be a secret: it is made anew from the settings. */
async function goOn(run: NodeRun, from: Standing): Promise<Result> {
  const standing = await proceed(run, way, from);
  const waits = waitsOf(standing);
  if (waits.length > 0)
    return { waits, state: { standing: { ...standing, inputs: [] } as unknown as Json }, ...(waitsForPeople(standing) ? { paused: true } : {}) };
  const [done] = inOrder(standing);
  if (done?.error) throw new NodeError(done.error.type, done.error.class as NodeError['class'], done.error.message, { details: done.error.details ?? null }); // prettier-ignore
  const { id, key, version, created } = done!.result as Record<string, Json>;
  return { output: { id: id!, key: key!, version: version!, created: created! } };
}

export const resume = (run: NodeRun, config: Config, woken: Woken, state: Json): Promise<Result> => {
  const standing = { ...Standing.parse((state as { standing: Json }).standing), inputs: [plainOf(inputOf(run, config))] };
  return goOn(run, settled(standing, woken));
};
