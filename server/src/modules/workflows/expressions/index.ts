export { compileExpression, isMissing, parseTemplate, type Compiled, type CompiledTemplate } from './compile.ts';
export { compileConfig } from './config.ts';
export { configSchemaOf, leavesOf, type Leaf, type Mark } from './marks.ts';
export type { CompiledConfig, CompiledExpression, Moment, NodeView, References, Resolved, Scope } from './scope.ts';
