import { z } from 'zod';
import type { AnyOperation } from '#kernel/operation.ts';
import type { OperationFact } from '../validation/index.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as OperationFact['input'];

/** Schemas are made when a rule first asks for them, and kept: there are hundreds. */
function factOf(operation: AnyOperation): OperationFact {
  const { name, risk, permission } = operation;
  const made: { input?: OperationFact['input']; output?: OperationFact['output'] } = {};
  return {
    name,
    risk,
    permission,
    rollback: operation.runs === 'job' && operation.rollback !== undefined,
    deprecated: false,
    get input() {
      return (made.input ??= schemaOf(operation.input, 'input'));
    },
    get output() {
      return (made.output ??= schemaOf(operation.output, 'output'));
    },
  };
}

const factsByRegistry = new WeakMap<ReadonlyMap<string, AnyOperation>, ReadonlyMap<string, OperationFact>>();
export function operationFactsOf(operations: ReadonlyMap<string, AnyOperation>): ReadonlyMap<string, OperationFact> {
  let found = factsByRegistry.get(operations);
  if (!found) {
    const offered = [...operations.values()].filter(({ hiddenFrom = [], access }) => !hiddenFrom.includes('workflow') && access !== 'public');
    factsByRegistry.set(operations, (found = new Map(offered.map((operation) => [operation.name, factOf(operation)]))));
  }
  return found;
}
