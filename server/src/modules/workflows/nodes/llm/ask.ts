import { Ai, type AiAnswer, type AiMessage } from '#kernel/ai.ts';
import { asNodeError, telling, told } from '../../agents/think.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import type { Config, Output } from './config.ts';
import { keep, keyOf, recall } from './kept.ts';
import { promptOf } from './prompt.ts';

/** An answer that does not fit is put right so often at most (workflows.md 6.2). */
const MOST_REPAIRS = 2;

/** One answer, as it is recorded: it is paid for once. */
interface Said {
  text: string;
  json: Json;
  fault: string | null;
  usage: Output['usage'];
  model: string;
  finishReason: string;
}

const outputOf = ({ output, jsonSchema }: Config): { kind: 'text' } | { kind: 'json'; schema?: Json } =>
  output === 'json' ? { kind: 'json', ...(jsonSchema === undefined ? {} : { schema: jsonSchema }) } : { kind: 'text' };

const saidOf = ({ text, json = null, jsonFault, usage, model, finishReason }: AiAnswer): Said => ({
  text, json, fault: jsonFault ?? null, usage: { in: usage.inputTokens, out: usage.outputTokens, cost: usage.cost }, model, finishReason,
}); // prettier-ignore

/** Sampling that is as models have it anyway is not named: some take none. */
const samplingOf = ({ temperature, topP, frequencyPenalty, presencePenalty, stop, seed }: Config) => ({
  temperature,
  ...(topP === 1 ? {} : { topP }),
  ...(frequencyPenalty === 0 ? {} : { frequencyPenalty }),
  ...(presencePenalty === 0 ? {} : { presencePenalty }),
  ...(stop.length > 0 ? { stop } : {}),
  ...(seed === undefined ? {} : { seed }),
});

async function complete(run: NodeRun, config: Config, system: string, messages: readonly AiMessage[], step: number): Promise<Said> {
  const answer = await run.provider(Ai).complete({
    origin: await run.asking('llm'),
    ...(config.model === undefined ? {} : { model: config.model }),
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
    fallback: config.fallbackModels,
    ...(system === '' ? {} : { system }),
    messages,
    output: outputOf(config),
    maxTokens: config.maxTokens,
    ...samplingOf(config),
    confidential: config.confidential,
    signal: run.signal,
    onText: telling(run, step),
  });
  return saidOf(answer);
}

const sum = (all: readonly Said[]): Output['usage'] =>
  all.reduce((total, { usage }) => ({ in: total.in + usage.in, out: total.out + usage.out, cost: total.cost + usage.cost }), { in: 0, out: 0, cost: 0 }); // prettier-ignore

const repairOf = ({ text, fault }: Said): AiMessage[] => [
  { role: 'assistant', text },
  { role: 'user', text: `That cannot be used: ${fault}. Answer again with the JSON value alone.` },
];

/** Answers that an attempt before this one had and could do nothing with: they are paid, and not asked of again. */
function spentBefore(run: NodeRun): Said[] {
  const found: Said[] = [];
  for (let at = 1; ; at++) {
    const said = run.recorded(`ask:${at}`);
    if (said === undefined) break;
    found.push(said as unknown as Said);
  }
  const rounds = Math.floor(found.length / (MOST_REPAIRS + 1)) * (MOST_REPAIRS + 1);
  return found.slice(0, rounds).every(({ fault }) => fault !== null) ? found.slice(0, rounds) : [];
}

/** Asks until the answer fits, each time once: after a crash what was answered is not paid again. */
async function askUntilFitting(run: NodeRun, config: Config, system: string, messages: readonly AiMessage[]): Promise<Output> {
  const before = spentBefore(run);
  const said: Said[] = [];
  let conversation = messages;
  while (said.length <= MOST_REPAIRS) {
    const step = before.length + said.length + 1;
    const one = (await run.step(`ask:${step}`, async () => (await complete(run, config, system, conversation, step)) as unknown as Json)) as unknown as Said;
    said.push(one);
    const usage = sum([...before, ...said]);
    run.used({ tokens: usage.in + usage.out, cost: usage.cost });
    told(run, 'agent.usage', { tokens: usage.in + usage.out, cost: usage.cost });
    if (one.fault === null) return { text: one.text, json: one.json, usage, model: one.model, finishReason: one.finishReason };
    run.log('warn', `The answer does not fit: ${one.fault}`.slice(0, 1_000));
    conversation = [...conversation, ...repairOf(one)];
  }
  throw new NodeError('ai-output-invalid', 'validation', `The answer does not fit, and asking again twice did not help: ${said.at(-1)!.fault}`.slice(0, 1_000));
} // prettier-ignore

/** One question to a model. */
export async function ask(run: NodeRun, config: Config): Promise<{ output: Output }> {
  const { system, messages } = await promptOf(run, config);
  const { cacheSeconds, apiKey: _, ...question } = config;
  const key = keyOf(run.tenantId, run.workflowId, { ...question, system, messages } as unknown as Json);
  const known = cacheSeconds > 0 ? recall(key, run.now.getTime()) : undefined;
  if (known !== undefined) {
    run.log('info', 'Answered as before: the same was asked a short while ago.');
    return { output: { ...(known as unknown as Output), usage: { in: 0, out: 0, cost: 0 } } };
  }
  const output = await askUntilFitting(run, config, system, messages).catch((error: unknown) => {
    throw asNodeError(error);
  });
  keep(key, output, cacheSeconds, run.now.getTime());
  return { output };
}
