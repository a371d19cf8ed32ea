import type { AnyOperation } from '#kernel/operation.ts';
import { executionsDiagnose } from './operations/executions.diagnose.ts';
import { nodesGenerate } from './operations/nodes.generate.ts';
import { workflowsExplain } from './operations/workflows.explain.ts';
import { workflowsGenerate } from './operations/workflows.generate.ts';
import { workflowsOptimize } from './operations/workflows.optimize.ts';
import { workflowsRefine } from './operations/workflows.refine.ts';

/** Workflows from words: drafted, changed, explained and looked into (workflows.md 11.5). */
export const generationOperations: readonly AnyOperation[] = [
  workflowsGenerate,
  workflowsRefine,
  workflowsOptimize,
  workflowsExplain,
  nodesGenerate,
  executionsDiagnose,
];
