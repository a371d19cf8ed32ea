import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import type { Work } from '#kernel/work.ts';
import { powerPlan, SECONDS } from './plans.ts';
import { restore } from './restore.ts';
import type { ServerAction } from './rules.ts';
import { id, Server } from './schemas.ts';
import { onServer, lookBefore, release, switchPower } from './server-job.ts';
import { claim, oneServer, requireFree, shownServer } from './server-rows.ts';

interface PowerVerb {
  verb: Extract<ServerAction, 'start' | 'poweroff' | 'reboot' | 'reset'>;
  summary: string;
  description: string;
  /** As in "Power off web-1". */
  words: string;
  risk: 'write' | 'high';
  /** Whether there is a state to go back to. */
  undoable: boolean;
}

/** The power actions that are one call and one wait; stopping with a signal is an operation of its own. */
export function powerOperation({ verb, summary, description, words, risk, undoable }: PowerVerb) {
  const power = verb === 'poweroff' ? 'off' : 'on';
  const operation = {
    name: `servers.${verb}` as const,
    summary,
    description,
    permission: 'servers:power' as const,
    risk,
    runs: 'job' as const,
    route: { method: 'POST' as const, path: `/servers/{id}/actions/${verb}` },
    input: z.object({ id }),
    output: Server,
    deadlineSeconds: 900,
  };
  return defineOperation({
    ...operation,
    targets: oneServer,
    async plan(ctx, input) {
      const row = await shownServer(ctx, input.id);
      requireFree(row, verb);
      const back = power === 'off' ? 'Start it again.' : verb === 'start' ? 'Stop it again.' : undefined;
      const warnings = power === 'off' ? [COSTS_ON] : [];
      return powerPlan(row, words, power === 'on' ? 'running' : 'stopped', verb === 'reset' ? SECONDS.reboot : SECONDS[verb], {
        warnings,
        ...(back ? { reversible: back } : {}),
      });
    },
    async accept(ctx, input) {
      await claim(ctx, input.id, verb);
    },
    execute: (work, input) =>
      onServer(work, input.id, async (row) => {
        await lookBefore(work, row);
        const seen = await switchPower(work, row, verb);
        return release(work, row.id, seen, { desired: { ...row.desired, power } });
      }),
    ...(undoable ? { rollback: (work: Work, input: { id: string }) => restore(work, input.id) } : {}),
  });
}

/** Shown where a server is switched off. */
export const COSTS_ON = 'A server that is off costs as much as before, until it is deleted.';
