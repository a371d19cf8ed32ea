import type { Json } from '../../graph.ts';

/** Verbs of Operations that only look; a test holds them against every Operation that there is. */
const READING =
  /\.(list|get|search|describe|explain|history|me|versions|catalog|whoCan|list[A-Z]\w*|get[A-Z]\w*)$|^(ai\.providers|dns|identityProviders)\.check$/;

/** By its name: a node's effect is known before anything of the platform can be asked. */
export const isReadByName = (name: Json | undefined): boolean => typeof name === 'string' && READING.test(name);
