import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { connectionTargets, oneConnection } from '../connection-use.ts';
import { opened, storeCatalog } from '../connection-rows.ts';
import { asCaller } from '../credentials.ts';
import { setStatus } from '../reachability.ts';
import { id, Validation } from '../schemas.ts';
import { countValidation, shownTrial, tryOut } from '../validation.ts';

export const cloudsRevalidate = defineOperation({
  name: 'clouds.revalidate',
  summary: 'Check a stored connection again',
  description: 'A connection whose credential was refused becomes active again when all checks pass.',
  permission: 'clouds:update',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/cloud-providers/{id}/validate' },
  input: z.object({ id }),
  output: Validation,
  targets: connectionTargets,
  async run(ctx, input) {
    await countValidation(ctx);
    const row = await oneConnection(ctx, input.id);
    const { config, credential } = await opened(ctx, row, asCaller(ctx, 'clouds.revalidate'));
    const trial = await tryOut(ctx, { kind: row.kind, config, credential, connectionId: row.id });
    if (trial.catalog) await storeCatalog(ctx, row.id, trial.catalog, ctx.now());
    if (row.status === 'paused') return shownTrial(trial);
    const fault = trial.checks.find(({ ok }) => !ok);
    if (trial.ok) await setStatus(ctx, row, 'active', null);
    else if (fault?.name === 'identity') await setStatus(ctx, row, 'auth_failed', { code: 'credential-refused', text: fault.detail });
    else await setStatus(ctx, row, 'unreachable', { code: 'check-failed', text: fault?.detail ?? 'A check failed.' });
    ctx.emit('cloud.validated', { id: row.id, name: row.name, ok: trial.ok });
    return shownTrial(trial);
  },
});
