import { z } from 'zod';
import { Json } from '../../graph.ts';
import type { Offered } from '../../agents/tool-rules.ts';
import { PlannerOutput, type PlannerConfig } from '../../agents/settings.ts';
import { misfits } from '../../validation/fit.ts';

/** What the model is asked for: the plan, how sure it is, and what it would have to know. */
export const Drafted = PlannerOutput.omit({ goal: true, estimate: true }).extend({
  steps: z.array(
    z.object({ id: z.string().max(40), tool: z.string().max(64), arguments: Json, dependsOn: z.array(z.string().max(40)).default([]), why: z.string().max(2_000) }),
  ),
  questions: z.array(z.string().max(500)).max(20).default([]),
}); // prettier-ignore
export type Drafted = z.output<typeof Drafted>;

export const DRAFT_SCHEMA = z.toJSONSchema(Drafted, { io: 'input', unrepresentable: 'any' }) as unknown as Json;

/** Steps that come before themselves, by way of others. */
function circle(steps: Drafted['steps']): string | undefined {
  const left = new Map(steps.map(({ id, dependsOn }) => [id, new Set(dependsOn)]));
  for (let ready = steps; ready.length > 0;) {
    ready = ready.filter(({ id }) => left.get(id)?.size === 0);
    for (const { id } of ready) {
      left.delete(id);
      for (const others of left.values()) others.delete(id);
    }
    ready = ready.length === 0 ? [] : steps.filter(({ id }) => left.has(id));
  }
  return left.keys().next().value;
}

/** Why a plan cannot be carried out; empty when it can (workflows.md 6.1). */
export function faultsOf({ steps }: Drafted, tools: readonly Offered[], { maxSteps }: Pick<PlannerConfig, 'maxSteps'>): string[] {
  const ids = new Set(steps.map(({ id }) => id));
  const faults = steps.flatMap(({ id, tool: name, arguments: given, dependsOn }) => {
    const tool = tools.find((one) => one.name === name);
    if (!tool) return [`step "${id}" names the tool "${name}", which is none of those that are connected`];
    const missing = dependsOn.filter((one) => !ids.has(one)).map((one) => `step "${id}" hangs on "${one}", which is not there`);
    // What an earlier step will answer is not known yet.
    const unfit = dependsOn.length > 0 ? [] : misfits(tool.schema, given).slice(0, 3).map(({ pointer, message }) => `step "${id}": ${pointer || '/'} ${message}`);
    return [...missing, ...unfit];
  }); // prettier-ignore
  const round = faults.length === 0 ? circle(steps) : undefined;
  return [
    ...(ids.size < steps.length ? ['two steps have the same id'] : []),
    ...(steps.length > maxSteps ? [`there are ${steps.length} steps, and ${maxSteps} are the most`] : []),
    ...faults,
    ...(round === undefined ? [] : [`step "${round}" comes before itself`]),
  ];
}

/** Whether nobody needs to be asked: it is sure enough, and says what it goes by. */
export const isSure = (
  { confidence, requirements, constraints }: Drafted,
  { minConfidence, minRequirements, minConstraints }: PlannerConfig,
): boolean => confidence >= minConfidence && requirements.length >= minRequirements && constraints.length >= minConstraints;

/** The questions as a form, in the order in which they were asked. */
export const formOf = (questions: readonly string[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(questions.map((title, at) => [`q${at + 1}`, { type: 'string', title, maxLength: 4_000 }])),
  required: questions.map((_question, at) => `q${at + 1}`),
  additionalProperties: false,
});

/** The plan as it is handed on: the risk of each step is that of its tool, whatever the model believes. */
export const planOf = (goal: string, { steps, questions: _, ...drafted }: Drafted, tools: readonly Offered[], used: { tokens: number; cost: number }): PlannerOutput => ({
  goal,
  ...drafted,
  steps: steps.map((step) => ({ ...step, risk: tools.find(({ name }) => name === step.tool)?.risk ?? 'high' })),
  estimate: { toolCalls: steps.length, ...used },
}); // prettier-ignore
