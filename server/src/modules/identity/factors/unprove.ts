import type { FactorDeps } from './deps.ts';

const LONG_AGO = new Date(0);

/** Every session but this one has to prove again who holds it before anything that asks for a fresh proof: what counts as one is new. */
export async function unproveOthers({ sessions }: Pick<FactorDeps, 'sessions'>, userId: string, sessionId: string): Promise<void> {
  for (const { id } of await sessions.list(userId)) if (id !== sessionId) await sessions.change(id, () => ({ provenAt: LONG_AGO, level: 1 }));
}
