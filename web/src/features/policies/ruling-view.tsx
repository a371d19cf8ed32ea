import { Ban, CircleCheck, ShieldQuestion, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { EffectBadge, EnforcementBadge } from './look.tsx';
import { describeNeed } from './need.ts';
import { shortValue, tracedExpressions, type TracedExpression } from './trace.ts';
import type { Match, Refusal, Ruling, TraceValue } from './types.ts';

const LOOKS: Record<Ruling['effect'], [wash: string, ink: string, icon: LucideIcon]> = {
  allow: ['border-good/35 bg-good-wash', 'text-good', CircleCheck],
  warn: ['border-warn/40 bg-warn-wash', 'text-warn', TriangleAlert],
  require: ['border-warn/40 bg-warn-wash', 'text-warn', ShieldQuestion],
  deny: ['border-bad/35 bg-bad-wash', 'text-bad', Ban],
};

const Quote = ({ rule, children }: { rule: string; children: ReactNode }) => (
  <div>
    <p className="text-xs text-ink-2">
      <code>{rule}</code>
    </p>
    <blockquote className="mt-0.5 border-s-2 border-line-strong ps-2.5 [overflow-wrap:anywhere]">{children}</blockquote>
  </div>
);

/** The outcome in one word, what the caller is told, and what is still to be brought. */
export function RulingHead({ ruling, refusal }: { ruling: Ruling; refusal: Refusal | null }) {
  // A call that is refused for something that it lacks is not allowed, whatever else the rules say.
  const effect = refusal && ruling.effect !== 'deny' ? 'require' : ruling.effect;
  const [wash, ink, Icon] = LOOKS[effect];
  return (
    <section aria-label={t('ruling')} className={cx('flex gap-3 rounded-lg border p-4', wash)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', ink)} />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <p className="font-semibold">{t(refusal ? (ruling.denied ? 'ruling.deny' : 'ruling.unmet') : `ruling.${ruling.effect}`)}</p>
        {refusal && <Quote rule={`${refusal.rule} · ${refusal.slug}`}>{refusal.text}</Quote>}
        {ruling.requirements.map(({ rule, text, need }) => (
          <Quote key={rule} rule={rule}>
            {text} <span className="text-ink-2">{t('ruling.need', { need: describeNeed(need) })}</span>
          </Quote>
        ))}
        {ruling.warnings.map(({ rule, text }) => (
          <Quote key={`${rule} ${text}`} rule={rule}>
            {text}
          </Quote>
        ))}
        {ruling.errors.map(({ policy, message, outcome }) => (
          <Quote key={`${policy} ${message}`} rule={policy}>
            {t(`ruling.error.${outcome}`, { message })}
          </Quote>
        ))}
      </div>
    </section>
  );
}

/** `true` and `false` as words, everything else as it is. */
function Value({ part: { value, error } }: { part: TraceValue }) {
  if (error !== undefined) return <span className="font-medium text-bad">{t('ruling.trace.error', { message: error })}</span>;
  if (typeof value === 'boolean')
    return <span className={cx('font-medium', value ? 'text-good' : 'text-ink-2')}>{t(value ? 'ruling.trace.true' : 'ruling.trace.false')}</span>;
  return <span className="font-medium">{t('ruling.trace.value', { value: shortValue(value) })}</span>;
}

const Line = ({ part }: { part: TraceValue }) => (
  <>
    <code className="text-xs [overflow-wrap:anywhere]">{part.source}</code> <Value part={part} />
  </>
);

const Traced = ({ traced: { expression, resource, whole, parts } }: { traced: TracedExpression }) => {
  const key = `ruling.trace.${expression}`;
  return (
    <div className="flex flex-col gap-1 border-s-2 border-line ps-3">
      <p className="text-xs text-ink-3">
        {hasText(key) ? t(key) : expression}
        {resource !== undefined && ` · ${t('ruling.trace.for', { resource })}`}
      </p>
      <p>
        <Line part={whole} />
      </p>
      {parts.length > 0 && (
        <ul className="flex flex-col gap-0.5 ps-4">
          {parts.map((part) => (
            <li key={`${part.start} ${part.end}`} className="list-disc marker:text-ink-3">
              <Line part={part} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

const Rule = ({ match }: { match: Match }) => (
  <li className="flex flex-col gap-2 px-4 py-3">
    <p className="flex flex-wrap items-center gap-2">
      <code className="text-xs font-semibold">{match.policy}</code>
      <EffectBadge value={match.effect} />
      {match.enforcement !== 'enforce' && match.effect !== 'warn' && <EnforcementBadge value={match.enforcement} />}
      <span className="text-xs text-ink-3">{t('ruling.version', { type: match.type, version: match.version, layer: match.layer })}</span>
    </p>
    {match.text && <p className="text-ink-2 [overflow-wrap:anywhere]">{match.text}</p>}
    {match.exemption && <p className="text-xs text-warn">{t('ruling.exempt', { exemption: match.exemption })}</p>}
    {tracedExpressions(match.trace ?? []).map((traced) => (
      <Traced key={`${traced.expression} ${traced.resource ?? ''}`} traced={traced} />
    ))}
  </li>
);

/** Every rule that is about the call, with what its expressions came to. */
export const RulingRules = ({ matched }: { matched: readonly Match[] }) => (
  <Card flush title={t('ruling.rules')} aside={t('policies.rules.count', { count: matched.length })}>
    {matched.length === 0 ? (
      <p className="p-4 text-ink-2">{t('ruling.rules.none')}</p>
    ) : (
      <ul className="divide-y divide-line">
        {matched.map((match, place) => (
          // The same rule may speak in two phases.
          <Rule key={`${match.policy} ${place}`} match={match} />
        ))}
      </ul>
    )}
  </Card>
);
