import { Link } from '@tanstack/react-router';
import { Eye, EyeOff, Globe, Lock, type LucideIcon } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { Memory } from './types.ts';

const LOOKS: Record<Memory['sensitivity'], readonly [Tone, LucideIcon]> = {
  public: ['outline', Globe],
  internal: ['quiet', Eye],
  confidential: ['warn', EyeOff],
  secret: ['bad', Lock],
};
/** How carefully it is handled: icon, word and colour together. */
export function Sensitivity({ value }: { value: Memory['sensitivity'] }) {
  const [tone, Icon] = LOOKS[value];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`memory.sensitivity.${value}`)}
    </Badge>
  );
}

/** A space in words: the organisation's, one's own, a workflow's, or by its name. */
export function useSpaceName(): (space: string) => string {
  const { actor } = useMe();
  return (space) => {
    if (space === 'tenant') return t('memory.space.tenant');
    if (space === 'user' || space === `user:${actor.id}`) return t('memory.space.user');
    if (space.startsWith('workflow:')) return t('memory.space.workflow');
    return space;
  };
}

/** The same, with the way to the workflow that it belongs to. */
export function Space({ space }: { space: string }) {
  const nameOf = useSpaceName();
  const [kind, id] = space.split(':');
  if (kind !== 'workflow' || !id) return <span className="[overflow-wrap:anywhere]">{nameOf(space)}</span>;
  return (
    <Link to="/workflows/$id" params={{ id }} className="hover:text-accent hover:underline">
      {nameOf(space)}
    </Link>
  );
}

/** What it is called: its title, or its key. */
export const nameOf = ({ title, key }: Pick<Memory, 'title' | 'key'>): string => title ?? key;
