import { inline, money } from './output.ts';
import { plain, type Style } from './style.ts';

interface Money {
  amount: number;
  currency: string;
}
interface PlanField {
  path: string;
  before?: unknown;
  after?: unknown;
}
export interface Planned {
  plan: {
    summary: string;
    steps: { title: string; seconds?: number }[];
    changes: { action: string; type: string; name: string; fields: PlanField[] }[];
    downtime: { kind: string; seconds: number };
    dataLoss: string | null;
    reversible: string | null;
    cost: { before: Money; after: Money; exact: boolean } | null;
    warnings: string[];
  };
  risk: string;
  /** Null where they are told elsewhere. */
  requirements: { text: string }[] | null;
}

const SIGN: Record<string, string> = { create: '+', update: '~', delete: '-', none: ' ' };

function changeLines({ action, type, name, fields }: Planned['plan']['changes'][number], style: Style): string[] {
  const paint = { create: style.good, delete: style.bad, update: style.warn }[action] ?? ((text: string) => text);
  const head = paint(`${SIGN[action] ?? '?'} ${plain(type)} ${plain(name)}`);
  const inner = fields.map(({ path, before, after }) => {
    if (before === undefined || before === null) return `    ${plain(path)}: ${style.good(inline(after))}`;
    if (after === undefined || after === null) return `    ${plain(path)}: ${style.bad(inline(before))} → -`;
    return `    ${plain(path)}: ${style.bad(inline(before))} → ${style.good(inline(after))}`;
  });
  return [`  ${head}`, ...inner];
}

const duration = (seconds: number): string => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);

function facts({ plan, risk, requirements }: Planned, style: Style): [string, string][] {
  const { cost, downtime, dataLoss, reversible } = plan;
  const found: [string, string | undefined][] = [
    ['Risk', risk === 'high' ? style.bad(risk) : risk],
    ['Cost', cost ? `${money(cost.before)} → ${money(cost.after)} per month${cost.exact ? '' : ' (estimated)'}` : undefined],
    ['Downtime', downtime.kind === 'none' ? undefined : style.warn(`${downtime.kind}, about ${duration(downtime.seconds)}`)],
    ['Data loss', dataLoss === null ? undefined : style.bad(plain(dataLoss))],
    ['Undo', reversible === null ? undefined : plain(reversible)],
    ['Approval', requirements?.length === 0 ? 'none needed' : requirements?.map(({ text }) => plain(text)).join('; ')],
  ];
  return found.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

/** A plan as people decide on it: what changes, what it costs, what is lost, who has to agree. */
export function planText(planned: Planned, style: Style): string {
  const { plan } = planned;
  return [
    style.bold(plain(plan.summary)),
    ...plan.changes.flatMap((change) => changeLines(change, style)),
    ...facts(planned, style).map(([name, text]) => `${style.quiet(name.padEnd(10))}${text}`),
    ...plan.warnings.map((warning) => style.warn(`! ${plain(warning)}`)),
  ].join('\n');
}
