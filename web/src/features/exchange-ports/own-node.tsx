import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { nodeIn } from './node.ts';

/** Is this the node that was asked for? Whoever pastes what ZeroTier prints need not compare ten digits by eye. */
export function OwnNode({ nodeId }: { nodeId: string }) {
  const [printed, setPrinted] = useState('');
  const own = nodeIn(printed);
  const isIt = own === nodeId;
  return (
    <>
      <CodeBlock code="zerotier-cli info" label={t('exchangePorts.step.install')} />
      <span className="text-ink-2">{t('exchangePorts.step.node', { node: nodeId })}</span>
      <div className="max-w-md">
        <Field label={t('exchangePorts.step.printed')}>
          {(control) => (
            <Input
              {...control}
              mono
              value={printed}
              placeholder="200 info 0123456789 1.14.0 ONLINE"
              onChange={({ target }) => setPrinted(target.value)}
            />
          )}
        </Field>
      </div>
      <span role="status">
        {own !== undefined && (
          <Badge tone={isIt ? 'good' : 'warn'} icon={isIt ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}>
            {t(isIt ? 'exchangePorts.step.itIs' : 'exchangePorts.step.isOther', { node: own })}
          </Badge>
        )}
      </span>
    </>
  );
}
