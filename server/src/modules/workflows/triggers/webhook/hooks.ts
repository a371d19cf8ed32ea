import type { Hooks } from '#kernel/hooks.ts';
import { receiveTest, resume, type CallbackDeps } from './callbacks.ts';
import { createFinder, type FindDeps, type Hook } from './find.ts';
import { receive, type ReceiveDeps } from './receive.ts';

/** Everything behind `/hooks/…`. `stop` lets go of what it listens to. */
export function createHooks(deps: FindDeps & ReceiveDeps & CallbackDeps): Hooks & { stop: () => void } {
  const finder = createFinder(deps);
  return {
    known: finder.known,
    knownPath: finder.knownPath,
    byToken: (token) => finder.byToken(token),
    byPath: (slug, path) => finder.byPath(slug, path),
    // What the finder has found comes back as it was.
    receive: (hook, request) => receive(hook as Hook, request, deps),
    test: (token, request) => receiveTest(token, request, deps),
    resume: (token, request) => resume(token, request, deps),
    stop: finder.stop,
  };
}
