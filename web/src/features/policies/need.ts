import { t } from '#lib/i18n.ts';
import type { ApprovalNode, Json } from '#lib/types.ts';

function leaf({ who, count }: Exclude<ApprovalNode, { all: unknown } | { any: unknown }>): string {
  if (who === 'scopeApprovers') return t('need.scope', { count });
  if (who === 'resourceOwner') return t('need.owner', { count });
  if ('team' in who) return t('need.team', { count, name: who.team });
  if ('role' in who) return t('need.role', { count, name: who.role });
  return t('need.people', { count, names: who.users.length });
}
const joined = (nodes: readonly ApprovalNode[], word: string): string =>
  nodes.map((node) => ('who' in node ? words(node) : nodes.length > 1 ? `(${words(node)})` : words(node))).join(` ${word} `);

function words(node: ApprovalNode): string {
  if ('all' in node) return joined(node.all, t('need.and'));
  if ('any' in node) return joined(node.any, t('need.or'));
  return leaf(node);
}

/** Who must agree, in words: 1 of the team change-board and (1 of … or 1 of …). */
export const describeNeed = (need: Json): string => words(need as unknown as ApprovalNode);
