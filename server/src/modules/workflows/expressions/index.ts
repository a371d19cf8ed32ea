export { compileExpression, isMissing, parseTemplate, type Compiled } from './compile.ts';
export { compileConfig } from './config.ts';
export { NO_REFERENCES } from './references.ts';
export { configSchemaOf, leavesOf, type Leaf } from './marks.ts';
export type { CompiledConfig, CompiledExpression, Moment, NodeView, References, Scope } from './scope.ts';
