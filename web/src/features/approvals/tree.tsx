import { CircleCheck, CircleDashed } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { TreeNode } from './types.ts';

const title = ({ kind, distinct, text }: TreeNode): string =>
  kind === 'people' ? text : `${t(`approvals.node.${kind}`)}${distinct ? `, ${t('approvals.node.distinct')}` : ''}`;

const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(', ');

function Line({ node }: { node: TreeNode }) {
  const Icon = node.met ? CircleCheck : CircleDashed;
  const rest = node.mayAgreeCount - node.mayAgree.length;
  return (
    <li className="flex gap-2" style={{ paddingInlineStart: `${node.depth * 1.25}rem` }}>
      <Icon
        role="img"
        aria-label={t(node.met ? 'approvals.node.met' : 'approvals.node.open')}
        className={node.met ? 'mt-0.5 size-4 shrink-0 text-good' : 'mt-0.5 size-4 shrink-0 text-ink-3'}
      />
      <div className="min-w-0">
        <p className="font-medium">{title(node)}</p>
        {node.agreed.length > 0 && <p className="text-xs text-good">{t('approvals.node.agreed', { names: names(node.agreed) })}</p>}
        {!node.met && node.kind === 'people' && node.mayAgree.length > 0 && (
          <p className="text-xs text-ink-3">
            {t('approvals.node.may', { names: names(node.mayAgree) })}
            {rest > 0 && ` ${t('approvals.node.more', { count: rest })}`}
          </p>
        )}
      </div>
    </li>
  );
}

/** Who has agreed and who must, as the rules ask for it. */
export const ApprovalTree = ({ nodes }: { nodes: readonly TreeNode[] }) => (
  <ul aria-label={t('approvals.tree')} className="flex flex-col gap-2">
    {nodes.map((node, place) => (
      // Lines have no name of their own, and their order is fixed.
      <Line key={place} node={node} />
    ))}
  </ul>
);
