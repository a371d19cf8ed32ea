import type { ReadContext } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import type { AnyNodeType } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { rights } from '../rights.ts';
import { Surroundings } from '../surroundings.ts';
import type { OperationFact } from '../validation/index.ts';
import { searchOf, type Hit } from './words.ts';

export type Reading = Pick<ReadContext, 'db' | 'tenantId' | 'actor' | 'provider' | 'now'>;

export interface Step {
  fact: OperationFact;
  summary: string;
}

/** What a caller may build with: nothing else is offered to a model, found by words, or accepted from either. */
export interface Catalogue {
  types: ReadonlyMap<string, AnyNodeType>;
  operations: ReadonlyMap<string, Step>;
  /** Operations by what they are called and what they do, the best first. */
  search: (words: string) => Hit<Step>[];
}

/** What is asked of people has a node of its own, and workflows do not write workflows. */
const isStep = ({ name, permission }: OperationFact): boolean =>
  name !== 'workflows.ask' && name !== 'workflows.remind' && permission !== 'ai:generate';

const findable = (step: Step, { name, description = '' }: AnyOperation) => ({
  item: step,
  texts: [[name, 4], [step.summary, 3], [description, 1]] as const,
}); // prettier-ignore

/** Node types and Operations that the caller may use now; `readOnly` leaves out what changes something. */
export async function catalogueFor(reading: Reading, { readOnly = false } = {}): Promise<Catalogue> {
  const { operations } = reading.provider(Surroundings);
  const may = rights(reading);
  const types = new Map<string, AnyNodeType>();
  for (const [name, type] of NODE_TYPES) if (type.permission === undefined || (await may({ name, permission: type.permission, risk: 'read' }))) types.set(name, type); // prettier-ignore
  const offered = new Map<string, Step>();
  for (const fact of operationFactsOf(operations).values()) {
    const wanted = isStep(fact) && (!readOnly || fact.risk === 'read');
    if (wanted && (await may(fact))) offered.set(fact.name, { fact, summary: operations.get(fact.name)!.summary });
  }
  let search: Catalogue['search'] | undefined;
  return {
    types,
    operations: offered,
    search: (words) => (search ??= searchOf([...offered.values()].map((step) => findable(step, operations.get(step.fact.name)!))))(words),
  };
}
