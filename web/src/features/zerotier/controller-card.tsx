import { CircleCheck, CircleX, KeyRound, Plus, RefreshCw, Trash2, TriangleAlert, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { KeyValues } from '#ui/key-values.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { State } from '#ui/state.tsx';
import { Time } from '#ui/time.tsx';
import { useAct } from './act.ts';
import type { Controller, Finding } from './types.ts';

const icon = (Icon: typeof Plus) => <Icon aria-hidden className="size-3.5" />;

/** A remedy names what to call between backticks. */
const marked = (text: string) => text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));

/** Why nothing is written to it, and what to do about that. */
const Blocked = ({ detail, remediation, blockedCode }: Controller) => (
  <div role="status" className="flex items-start gap-2 rounded-md bg-bad-wash px-3 py-2">
    <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <p className="font-medium">{detail}</p>
      {remediation && <p className="text-ink-2">{marked(remediation)}</p>}
      <p className="font-mono text-xs text-ink-2">{blockedCode}</p>
    </div>
  </div>
);

/** What somebody should know about its state. */
function Word(controller: Controller) {
  if (controller.state === 'blocked') return <Blocked {...controller} />;
  const text = controller.state === 'restoring' ? t('zerotier.restoring') : controller.detail;
  return text && <p role="status">{text}</p>;
}

const Stages = ({ stages }: Pick<Controller, 'stages'>) => (
  <ul className="flex flex-wrap gap-1.5">
    {stages.map(({ name, ok }) => (
      <li key={name}>
        <Badge tone={ok ? 'good' : 'bad'} icon={ok ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}>
          {t(`zerotier.stage.${name}`)}
          <span className="sr-only"> {t(ok ? 'zerotier.stage.ok' : 'zerotier.stage.failed')}</span>
        </Badge>
      </li>
    ))}
  </ul>
);

const FindingRow = ({ finding }: { finding: Finding }) => (
  <li className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
    <Badge tone={finding.severity === 'critical' ? 'bad' : 'warn'} icon={<TriangleAlert aria-hidden />}>
      {t(`zerotier.finding.${finding.class}`)}
    </Badge>
    <span>{finding.fabric}</span>
    {finding.nodeId && <span className="font-mono text-xs">{finding.nodeId}</span>}
    <span className="min-w-0 basis-full text-ink-2 [overflow-wrap:anywhere]">{finding.detail}</span>
    <span className="text-xs text-ink-3">
      {t('zerotier.since')} <Time at={finding.since} />
    </span>
  </li>
);

function Networks({ networks }: Pick<Controller, 'networks'>) {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  if (networks.length === 0) return <p className="text-ink-2">{t('zerotier.networks.none')}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {networks.map(({ fabricId, fabric, networkId, members }) => (
        <li key={networkId} className="flex flex-wrap items-center justify-between gap-2 px-3 py-2">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="font-medium">{fabric}</span>
            <span className="font-mono text-xs">{networkId}</span>
            <span className="text-ink-2">{t('zerotier.members.count', { count: members })}</span>
          </span>
          <Button size="sm" variant="ghost" blocked={blocked} icon={icon(Unlink)} onClick={() => act('networks.unbind', { fabricId })}>
            {t('zerotier.unbind')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Acts({ controller: { id } }: { controller: Controller }) {
  const act = useAct();
  const blocked = useBlocked('exchange:manage');
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" blocked={blocked} icon={icon(RefreshCw)} onClick={() => act('controllers.preflight', { id })}>
        {t('zerotier.preflight')}
      </Button>
      <Button size="sm" blocked={blocked} icon={icon(Plus)} onClick={() => act('networks.bind', { controllerId: id })}>
        {t('zerotier.bind')}
      </Button>
      <Button size="sm" blocked={blocked} icon={icon(KeyRound)} onClick={() => act('controllers.reloadToken', { id })}>
        {t('zerotier.reload')}
      </Button>
      <Button size="sm" variant="danger-quiet" blocked={blocked} icon={icon(Trash2)} onClick={() => act('controllers.delete', { id })}>
        {t('zerotier.forget')}
      </Button>
    </div>
  );
}

/** One controller: whether it may be written to, which networks it keeps, and what is not as it should be. */
export const ControllerCard = ({ controller, title }: { controller: Controller; title: ReactNode }) => (
  <Card
    title={title}
    aside={
      <>
        <State value={controller.state} of="resource" />
        {controller.preflightAt && <Time at={controller.preflightAt} />}
      </>
    }
  >
    <div className="flex flex-col gap-4">
      <Word {...controller} />
      <KeyValues
        rows={[
          [t('zerotier.kind'), t(`zerotier.kind.${controller.kind}`)],
          [t('zerotier.address'), controller.baseUrl],
          [t('zerotier.node'), controller.nodeId && <span className="font-mono">{controller.nodeId}</span>],
          [t('zerotier.software'), controller.software],
          [t('zerotier.token'), controller.tokenMark ? `${controller.tokenReference} (${controller.tokenMark}…)` : controller.tokenReference],
        ]}
      />
      {controller.stages.length > 0 && <Stages stages={controller.stages} />}
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">{t('zerotier.networks')}</h3>
        <Networks networks={controller.networks} />
      </section>
      {controller.findings.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="font-medium">{t('zerotier.findings')}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {controller.findings.map((finding) => (
              <FindingRow key={`${finding.class} ${finding.networkId} ${finding.nodeId}`} finding={finding} />
            ))}
          </ul>
        </section>
      )}
      <Acts controller={controller} />
    </div>
  </Card>
);
