import { Eye, Pencil, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import type { Risk } from '#lib/types.ts';
import { Badge, type Tone } from './badge.tsx';

const looks = { read: ['quiet', Eye], write: ['quiet', Pencil], high: ['bad', TriangleAlert] } as const satisfies Record<
  Risk,
  readonly [Tone, unknown]
>;

/** The sign alone, where the word stands beside it or in its title. */
export function RiskIcon({ risk }: { risk: Risk }) {
  const Icon = looks[risk][1];
  return <Icon role="img" aria-label={t(`risk.${risk}`)} />;
}

/** How much harm a call can do. */
export function RiskBadge({ risk }: { risk: Risk }) {
  const [tone, Icon] = looks[risk];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`risk.${risk}`)}
    </Badge>
  );
}
