import type { AnyOperation } from '#kernel/operation.ts';
import { expressionsPreview } from '../expressions/operations/expressions.preview.ts';
import { nodeTypesList } from './operations/nodeTypes.list.ts';
import { nodeTypesSchema } from './operations/nodeTypes.schema.ts';

/** What the builder asks of types and expressions. */
export const nodeTypeOperations: readonly AnyOperation[] = [nodeTypesList, nodeTypesSchema, expressionsPreview];
