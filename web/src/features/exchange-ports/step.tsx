import { CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';

/** Whether something is done, in a word and a sign; null while nobody can say. */
export const Tick = ({ done, label }: { done: boolean | null; label?: string }) => (
  <Badge tone={done ? 'good' : 'quiet'} icon={done ? <CircleCheck aria-hidden /> : <CircleDashed aria-hidden />}>
    {label === undefined ? '' : `${label}: `}
    {t(done === null ? 'exchangePorts.step.unknown' : done ? 'exchangePorts.step.done' : 'exchangePorts.step.open')}
  </Badge>
);

/** One thing to do; whether it is done stands there where the exchange can know it. */
export const Step = ({ done, title, children }: { done?: boolean | undefined; title: string; children?: ReactNode }) => (
  <li>
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{title}</span>
        {done !== undefined && <Tick done={done} />}
      </span>
      {children}
    </div>
  </li>
);
