import { NodeError, type AnyNodeType, type RawConfig } from '../nodes/declare.ts';
import type { CompiledConfig, CompiledExpression } from './scope.ts';

export type { CompiledConfig, CompiledExpression, Moment, NodeView, References, Resolved, Scope } from './scope.ts';

/** A bare CEL expression, ready to run. Throws NodeError `expression-error` when it does not parse. */
export function compileExpression(source: string): CompiledExpression {
  throw new NodeError('expression-error', 'expression', source);
}

/** A text with `{{ }}` in it: one expression alone keeps its type, mixed text becomes text. Throws NodeError. */
export function parseTemplate(source: string): CompiledExpression & { literal: boolean } {
  throw new NodeError('expression-error', 'expression', source);
}

/** The configuration of a node, ready to be resolved once per run. Throws NodeError `expression-error`. */
export function compileConfig(type: AnyNodeType, _config: RawConfig): CompiledConfig {
  throw new NodeError('expression-error', 'expression', type.type);
}
