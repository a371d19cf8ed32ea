import { endIteration, startLoop } from './loops.ts';
import { merge, mergePolicyOf, startMergeTimer } from './merging.ts';
import { restore } from './replay.ts';
import type { Parts } from './walk.ts';

/** Whatever a settled node may lead to. */
export const PARTS: Parts = { restore, startLoop, endIteration, merge, mergePolicyOf, startMergeTimer };
