import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { activate, planActivation } from '../activation.ts';
import { PolicySetDetail, SetId, VersionNumber } from '../schemas.ts';
import { setTarget } from '../store.ts';
import { setDetail } from '../views.ts';

export const policiesVersionsActivate = defineOperation({
  name: 'policies.versions.activate',
  summary: 'Put a version of a policy set into force',
  description:
    'All tests of the document have to pass and a second person has to agree. At once, in shadow (only differences are recorded), or for a percentage of the people. Activating an older version is the way back.',
  permission: 'policies:activate',
  risk: 'high',
  route: { method: 'POST', path: '/policies/{id}/versions/{number}/activate' },
  input: z.object({
    id: SetId,
    number: VersionNumber,
    mode: z.enum(['now', 'shadow', 'percentage']).default('now').meta({ title: 'How' }),
    hours: z.int().min(1).max(720).default(24).meta({ title: 'Hours', help: 'How long a shadow lasts' }),
    percent: z.int().min(1).max(99).default(10).meta({ title: 'Percent', help: 'For how many of the people' }),
  }),
  output: PolicySetDetail,
  targets: setTarget,
  plan: planActivation,
  run: async (ctx, wanted) => setDetail(ctx, await activate(ctx, wanted)),
});
