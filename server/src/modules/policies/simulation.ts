import { z } from 'zod';
import type { Actor, ReadContext } from '#kernel/context.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { AnyOperation, Risk, Target } from '#kernel/operation.ts';
import { Plan, type FullPlan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import type { Bundle } from './bundle.ts';
import type { EngineFacts, Phase, Ruling } from './engine/index.ts';
import { planFacts } from './facts.ts';
import { keep, together } from './kept.ts';
import { checkLimits } from './limits.ts';
import { Policies } from './providers/port.ts';
import { bundleFacts, surround } from './surround.ts';
import { inForce } from './trials.ts';
import { cannotWait, refusalOf, tooMany } from './verdict.ts';

const AskedTarget = z.object({
  type: z.string().min(1).max(50),
  id: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  environment: z.string().max(50).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

/** A call as somebody describes it, to ask what would be decided. */
export const Described = {
  operation: z.string().min(1).max(100).meta({ title: 'Operation', examples: ['servers.delete'], widget: 'operation' }),
  parameters: z.record(z.string(), z.json()).default({}).meta({ title: 'Input', help: 'As it would be sent', widget: 'json' }),
  userId: z.uuid().optional().meta({ title: 'Who', help: 'Yourself when left out', widget: 'member' }),
  targets: z.array(AskedTarget).max(1000).optional().meta({ title: 'Targets', help: 'Found from the input when left out and you may call the operation' }),
  plan: z.record(z.string(), z.json()).optional().meta({ title: 'Plan', help: 'Facts of the plan, such as riskScore; the real plan is made when left out and you may call the operation', widget: 'json' }),
  risk: z.enum(['read', 'write', 'high']).optional().meta({ title: 'Risk', help: 'When the plan would raise it' }),
  surface: z.enum(['rest', 'mcp', 'cli', 'web', 'workflow']).default('rest').meta({ title: 'Where it is called' }),
  actorKind: z.enum(['user', 'apiKey', 'agent', 'service', 'workflow']).optional().meta({ title: 'Kind of caller' }),
  at: z.iso.datetime({ offset: true }).optional().meta({ title: 'When', help: 'Now when left out' }),
  with: z.object({ comment: z.string().max(4000).optional(), ticket: z.string().max(255).optional(), emergency: z.boolean().optional(), dryRun: z.boolean().optional() })
    .default({}).meta({ title: 'What comes with it' }),
}; // prettier-ignore
const Shape = z.object(Described);
export type Described = z.output<typeof Shape>;

interface Real {
  targets: readonly Target[];
  plan: FullPlan | undefined;
  risk: Risk;
  /** Why targets or plan are not the real ones. */
  notes: string[];
}

const higher = (a: Risk, b: Risk | undefined): Risk =>
  b !== undefined && ['read', 'write', 'high'].indexOf(b) > ['read', 'write', 'high'].indexOf(a) ? b : a;

/** What the operation itself says of targets and plan, as far as the caller may ask it; nothing is done. */
async function realOf(ctx: ReadContext, operation: AnyOperation, described: Described, permit: Permit): Promise<Real> {
  const { parameters, targets, plan } = described;
  const asked = targets?.map((target) => ({ ...target }));
  const known: Real = { targets: asked ?? [], plan: undefined, risk: higher(operation.risk, described.risk), notes: [] };
  const parsed = operation.input.safeParse(parameters);
  if (!parsed.success) return { ...known, notes: ['The input is not one that the operation takes; it is looked at as it is.'] };
  const reach = await permit(operation);
  if (!reach) return { ...known, notes: [`You do not hold ${operation.permission}, so targets and plan are only what you describe.`] };
  const own: ReadContext = { ...ctx, reach };
  try {
    const found = asked ?? (typeof operation.targets === 'function' ? await operation.targets(own, parsed.data) : []);
    if (plan !== undefined || !operation.plan || operation.risk === 'read') return { ...known, targets: found };
    const made = Plan.parse(await operation.plan(own, parsed.data));
    return { ...known, targets: found, plan: made, risk: higher(known.risk, made.risk) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...known, notes: [`The operation itself would refuse: ${error.message}`] };
  }
}

export type Permit = (operation: AnyOperation) => Promise<ReadContext['reach'] | undefined>;

async function whoOf(ctx: ReadContext, { userId, actorKind }: Described): Promise<Actor> {
  const named = userId === undefined ? ctx.actor : await ctx.provider(Policies).surroundings.named(ctx.db, ctx.tenantId, userId);
  if (!named) throw new Problem('validation-failed', 'There is nobody with this id in the tenant.', { errors: [{ pointer: '/userId', message: 'Not a member' }] }); // prettier-ignore
  const { id, name, email } = named;
  const kind = actorKind === 'apiKey' || actorKind === 'agent' ? actorKind : 'user';
  const { proof } = id === ctx.actor.id ? ctx.actor : { proof: undefined };
  const service = actorKind === 'service' ? { ownerId: id } : {};
  return { kind, id, name, email, tenantId: ctx.tenantId, tenantSlug: ctx.actor.tenantSlug, credentialId: null, permissionCap: null, ip: ctx.actor.ip, proof, ...service };
} // prettier-ignore

export interface Simulated {
  ruling: ReturnType<typeof together>;
  rulings: Ruling[];
  facts: EngineFacts;
  refusal: ReturnType<typeof refusalOf>;
  notes: string[];
}

const ASSUMED = 'The real plan is not known: one without changes is assumed, with what you say of it.';

async function factsOf(ctx: ReadContext, bundle: Bundle, operation: AnyOperation, described: Described, permit: Permit): Promise<{ asked: PolicyFacts; facts: EngineFacts; notes: string[] }> {
  const { at, surface, parameters: input } = described;
  const real = await realOf(ctx, operation, described, permit);
  const now = at === undefined ? ctx.now() : new Date(at);
  const asked: PolicyFacts = {
    phase: 'plan', decisionId: newId(), actor: await whoOf(ctx, described), operation, input, inputHash: '', risk: real.risk, targets: real.targets, plan: real.plan,
    changeId: null, envelope: described.with, surface, now, before: undefined,
  }; // prettier-ignore
  const { facts } = await surround(ctx.db, asked, bundle, ctx.provider(Policies).surroundings);
  const plans = operation.risk !== 'read' && operation.change !== 'none';
  const assumed = planFacts(Plan.parse({ summary: '', reversible: 'Assumed' }), { risk: real.risk, targets: real.targets });
  const plan = plans ? { plan: { ...(facts.plan ?? assumed), ...described.plan } } : {};
  const kind = described.actorKind === undefined ? {} : { actor: { ...facts.actor, kind: described.actorKind } };
  return { asked, facts: { ...facts, ...bundleFacts(bundle, now), ...plan, ...kind }, notes: plans && !real.plan ? [...real.notes, ASSUMED] : real.notes };
} // prettier-ignore

/** What the rules of a bundle would say of a call, with the value of every part of every expression. Nothing is charged or kept. */
export async function simulate(ctx: ReadContext, bundle: Bundle, described: Described, permit: Permit): Promise<Simulated> {
  const policies = ctx.provider(Policies);
  const operation = policies.operation(described.operation);
  if (!operation)
    throw new Problem('validation-failed', `There is no operation "${described.operation}".`, { errors: [{ pointer: '/operation', message: 'No such operation' }] }); // prettier-ignore
  const { asked, facts, notes } = await factsOf(ctx, bundle, operation, described, permit);
  const mine = inForce(bundle, facts.user.id, asked.now);
  const phases: Phase[] = facts.operation.risk === 'read' || operation.change === 'none' ? ['request'] : ['request', 'plan'];
  const { plan: _, ...unplanned } = facts;
  const rulings: Ruling[] = [];
  for (const phase of phases)
    rulings.push(await policies.evaluate(mine, phase === 'request' ? unplanned : facts, phase, { trace: true }));
  const limits = rulings.flatMap(({ rateLimits }) => rateLimits);
  const counted = limits.length > 0 ? await checkLimits(policies.counters, ctx.db, ctx.tenantId, limits, asked.now) : undefined;
  const ruling = together(rulings.map(keep));
  if (!ruling.denied && counted?.denied) Object.assign(ruling, { denied: counted.denied, effect: 'deny' });
  return { ruling, rulings, facts, refusal: refusalOf(ruling, asked) ?? tooMany(rulings, { count: facts.resources.length, operation }) ?? cannotWait({ operation, risk: facts.operation.risk }, ruling.requirements), notes };
} // prettier-ignore
