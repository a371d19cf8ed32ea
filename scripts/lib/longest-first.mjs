import { BaseSequencer } from 'vitest/node';

/** One after another: a process that runs several files of a project is kept only as long as the next file is of that project too. */
const PROJECTS = ['alone', 'system', 'launcher', 'server', 'static', 'web'];

/**
 * Files that take long, in the order in which they begin, so that none is left to run alone in the end. Those that wait for most of
 * their time stand between those that keep the machine busy. A file that is missing here costs time, and nothing else.
 */
const LONG = [
  'server/src/modules/exchange/ssh/lab.test.ts',
  ...[
    'crash/steps',
    'crash/clock',
    'mixed',
    'crash/rolling',
    'conformance',
    'webhooks/kill',
    'crash/random',
    'idor',
    'crash/workflows',
    'agents',
    'scopes',
    'crash/drain',
    'crash/reencrypt',
    'agents-rules',
    'crash/workflows-load',
  ].map((name) => `server/test/${name}.test.ts`),
];

/** @param {string} moduleId */
const placeOf = (moduleId) => {
  const place = LONG.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place === -1 ? LONG.length : place;
};

/** Long files first; whatever is as long as others as Vitest would have it. */
export class LongestFirst extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => PROJECTS.indexOf(a.project.name) - PROJECTS.indexOf(b.project.name) || placeOf(a.moduleId) - placeOf(b.moduleId));
  }
}
