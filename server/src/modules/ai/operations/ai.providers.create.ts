import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { checkKey, linkKey, nameTaken, PROVIDERS, requireGood, shownOf, type ProviderWish } from '../provider-wishes.ts';
import { providerFields, ProviderView, providerView } from '../schemas.ts';
import { lockTenant } from '../store.ts';
import { PROVIDER_KINDS, providers } from '../tables.ts';

const input = z.object({
  kind: z.enum(PROVIDER_KINDS).meta({ title: 'Kind', help: '`compatible`: whatever speaks as OpenAI does, such as Ollama or vLLM', examples: ['mock'] }),
  name: providerFields.name,
  label: providerFields.label.optional(),
  baseUrl: providerFields.baseUrl.nullable().default(null).meta({ examples: [null] }),
  region: providerFields.region.nullable().default(null),
  apiKey: providerFields.apiKey.nullable().default(null).meta({ examples: [null] }),
  confidential: providerFields.confidential.default(false),
  timeoutSeconds: providerFields.timeoutSeconds.default(120),
  script: providerFields.script.nullable().default(null).meta({ examples: [null] }),
}); // prettier-ignore

const wishOf = ({ label, ...wish }: z.output<typeof input>): ProviderWish => ({ ...wish, label: label ?? wish.name, enabled: true });

export const aiProvidersCreate = defineOperation({
  name: 'ai.providers.create',
  summary: 'Set a provider of models up',
  description:
    'The key is a secret of the tenant, given by reference. Addresses on private networks are reached where the tenant has opened them with `egress.create`. What is sent to a provider leaves this installation.',
  permission: 'ai:manage',
  risk: 'write',
  input,
  output: ProviderView,
  targets: 'none',
  async plan(ctx, raw) {
    const wish = wishOf(raw);
    requireGood(wish);
    await checkKey(ctx, wish);
    return {
      summary: `Set ${wish.label} up as a provider of models`,
      changes: [{ action: 'create', type: 'aiProvider', name: wish.name, fields: Object.entries(shownOf(wish)).map(([path, after]) => ({ path, before: null, after })) }],
      warnings: wish.kind === 'mock' ? ['The mock answers by its script: it is for trials and demonstrations.'] : [],
      reversible: 'Delete the provider. What was sent to it stays with it.',
    };
  },
  async run(ctx, raw) {
    const wish = wishOf(raw);
    requireGood(wish);
    const { db, tenantId, now } = ctx;
    await lockTenant(ctx, 'providers');
    const [found] = await db.select({ used: count() }).from(providers).where(eq(providers.tenantId, tenantId));
    if (found!.used >= PROVIDERS) throw new Problem('ai-limit', `There are ${PROVIDERS} providers already. Delete one that nobody needs.`);
    const id = newId();
    const [row] = await db.insert(providers).values({ tenantId, id, ...wish, createdAt: now(), updatedAt: now() }).returning().catch((error: unknown) => {
      throw isUniqueViolation(error) ? nameTaken(wish.name) : error;
    });
    if (wish.apiKey !== null) await linkKey(ctx, id, wish);
    ctx.emit('ai.provider_created', { aiProviderId: id, name: wish.name, kind: wish.kind });
    return providerView(row!);
  },
}); // prettier-ignore
