import { z } from 'zod';

/** What fields of node types have in common. */
interface About {
  title: string;
  help?: string;
  examples?: readonly unknown[];
  /** What the expression sees beside the usual. */
  variables?: readonly string[];
}

/** Bare CEL, as long as an expression may be (workflows.md 5.2). */
export const expr = (about: About) =>
  z
    .string()
    .min(1)
    .max(8_192)
    .meta({ ...about, expression: 'expr' });
/** Text with `{{ }}` in it. */
export const tpl = (about: About & { widget?: string }, most = 8_192) =>
  z
    .string()
    .max(most)
    .meta({ ...about, expression: 'tpl' });
