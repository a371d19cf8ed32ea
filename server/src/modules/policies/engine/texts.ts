import { inWords } from './in-words.ts';
import type { Policy } from './types.ts';
import type { Blocked } from './windows.ts';

const DEFAULTS: { [T in Policy['type']]: (policy: Extract<Policy, { type: T }>) => string } = {
  'approval-required': () => 'This needs approval.',
  'require-comment': ({ comment }) => `A comment of at least ${comment.minLength} characters is required.`,
  'require-ticket': () => 'A ticket number is required.',
  'rate-limit': ({ rateLimit }) => `At most ${rateLimit.limit} in ${inWords(rateLimit.windowSeconds)}.`,
  'time-window': ({ timeWindow }) => (timeWindow.mode === 'deny' ? 'This is not done at this time.' : 'This is done in its maintenance window only.'),
  'require-step-up': ({ stepUp }) => `A proof of identity no older than ${inWords(stepUp.withinSeconds)} is required.`,
  'require-dry-run': ({ dryRun }) => `A dry run no older than ${inWords(dryRun.maxAgeSeconds)} is required.`,
  'limit-targets': ({ limitTargets }) => `At most ${limitTargets.max} resources in one change.`,
  notify: () => 'Others are told of this.',
  canary: ({ canary: { targets, percent } }) => `${[targets, percent && `${percent} %`].filter(Boolean).join(' or ')} of the resources first.`,
  deny: () => 'This is forbidden.',
  'allow-only': () => 'This is not one of the calls that are allowed.',
};

/** What a rule says to people: its own words where it has some. */
export const textOf = (policy: Policy, computed?: string): string =>
  computed ?? policy.message ?? (DEFAULTS[policy.type] as (one: Policy) => string)(policy);

/** The same with what a closed window adds: when it opens, or that it closes too soon. */
export function windowText(text: string, { reason, opensAt, closesAt }: Blocked): string {
  if (reason === 'running-over') return `${text} The work would not be over when the window closes (${closesAt}).`;
  return opensAt ? `${text} It opens at ${opensAt}.` : text;
}
