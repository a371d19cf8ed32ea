import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Grants } from '../providers/port.ts';
import { RefusalView, RulingView, rulingView } from '../reports.ts';
import { Described, simulate } from '../simulation.ts';
import { bundleWith, candidateOf, Which } from '../which.ts';

export const policiesSimulate = defineOperation({
  name: 'policies.simulate',
  summary: 'Ask what the rules would decide on a call',
  description:
    'For a real person and operation, now or at another time, under what is in force or with a version or an unsaved document in its place. Nothing is done, kept or counted.',
  permission: 'policies:test',
  risk: 'read',
  route: { method: 'POST', path: '/policies/simulate' },
  input: z.object({ ...Described, ...Which }),
  output: z.object({
    refusal: RefusalView.nullable().meta({ help: 'What the caller would be told; null when the call goes on' }),
    ruling: RulingView,
    facts: z.record(z.string(), z.json()),
    versions: z.array(z.object({ name: z.string(), version: z.string(), layer: z.enum(['platform', 'tenant']) })),
    notes: z.array(z.string()),
  }),
  targets: 'none',
  async run(ctx, { setId, version, document, ...described }) {
    const bundle = await bundleWith(ctx, await candidateOf(ctx, { setId, version, document }));
    const permit = async (operation: Parameters<Grants['permit']>[2]) =>
      ctx.provider(Grants).permit(ctx.db, ctx.actor, operation).catch((error: unknown) => {
        if (error instanceof Problem) return undefined;
        throw error;
      }); // prettier-ignore
    const { ruling, rulings, facts, refusal, notes } = await simulate(ctx, bundle, described, permit);
    const versionsOf = (sets: readonly { name: string; version: string }[], layer: 'platform' | 'tenant') => sets.map(({ name, version: number }) => ({ name, version: number, layer })); // prettier-ignore
    return {
      refusal: refusal ?? null,
      ruling: rulingView({ ...ruling, matched: rulings.flatMap(({ matched }) => matched) }),
      facts: JSON.parse(JSON.stringify(facts)) as Record<string, z.core.util.JSONType>,
      versions: [...versionsOf(bundle.platform, 'platform'), ...versionsOf(bundle.sets, 'tenant')],
      notes,
    };
  },
});
