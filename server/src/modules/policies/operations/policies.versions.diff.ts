import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { readVersion } from '../drafts.ts';
import { diffSets } from '../engine/index.ts';
import { SetId, VersionNumber } from '../schemas.ts';
import { findSet, setTarget } from '../store.ts';

export const policiesVersionsDiff = defineOperation({
  name: 'policies.versions.diff',
  summary: 'Compare two versions of a policy set, rule by rule',
  permission: 'policies:read',
  risk: 'read',
  route: { method: 'GET', path: '/policies/{id}/diff' },
  input: z.object({ id: SetId, from: VersionNumber, to: VersionNumber }),
  output: z.object({
    from: z.object({ number: z.int(), document: z.string() }),
    to: z.object({ number: z.int(), document: z.string() }),
    loosens: z.boolean().meta({ help: 'Whether calls may be allowed that were not' }),
    differences: z.array(
      z.object({
        kind: z.enum(['added', 'removed', 'changed']),
        path: z.string().meta({ help: 'JSON Pointer; policies and tests stand by their id' }),
        before: z.json().optional(),
        after: z.json().optional(),
        loosens: z.boolean(),
      }),
    ),
  }),
  targets: setTarget,
  async run(ctx, { id, from, to }) {
    const row = await findSet(ctx, id);
    const [before, after] = [await readVersion(ctx, row, from), await readVersion(ctx, row, to)];
    const differences = diffSets(before.set, after.set);
    return {
      from: { number: from, document: before.version.document },
      to: { number: to, document: after.version.document },
      loosens: differences.some(({ loosens }) => loosens),
      differences,
    };
  },
});
