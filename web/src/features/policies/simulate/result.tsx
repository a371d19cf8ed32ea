import { Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { JsonView } from '#ui/json-view.tsx';
import { Prose } from '#ui/prose.tsx';
import { Select } from '#ui/select.tsx';
import { toast } from '#ui/toast.tsx';
import { RulingHead, RulingRules } from '../ruling-view.tsx';
import type { Simulation } from '../types.ts';
import { testCase } from './test-case.ts';

/** The decision as a test for one of the sets that took part in it. */
function AsTest({ simulation, name }: { simulation: Simulation; name: string }) {
  const sets = simulation.versions.filter(({ layer }) => layer === 'tenant').map((one) => one.name);
  const spoke = sets.find((set) => simulation.ruling.matched.some(({ policy }) => policy.startsWith(`${set}/`)));
  const [chosen, setChosen] = useState<string>();
  const set = chosen && sets.includes(chosen) ? chosen : (spoke ?? sets[0]);
  if (set === undefined) return null;
  const text = testCase(simulation, set, name);
  return (
    <Card
      title={t('simulate.test')}
      aside={
        <>
          <span className="w-40">
            <Select
              size="sm"
              aria-label={t('simulate.test.set')}
              value={set}
              onChange={setChosen}
              choices={sets.map((value) => ({ value, label: value }))}
            />
          </span>
          <Button
            size="sm"
            icon={<Copy aria-hidden className="size-3.5" />}
            onClick={() => void navigator.clipboard.writeText(text).then(() => toast.done(t('action.copied')))}
          >
            {t('simulate.test.copy')}
          </Button>
        </>
      }
    >
      <p className="mb-2 text-xs text-ink-3">
        <Prose text={t('simulate.test.text')} />
      </p>
      <CodeBlock wrap label={t('simulate.test')} code={text} />
    </Card>
  );
}

/** What would be decided, and why. */
export const SimulationResult = ({ simulation, name }: { simulation: Simulation; name: string }) => (
  <div className="flex flex-col gap-4" role="region" aria-label={t('simulate.result')}>
    <RulingHead ruling={simulation.ruling} refusal={simulation.refusal} />
    {simulation.notes.length > 0 && (
      <ul className="flex flex-col gap-1 rounded-lg border border-line bg-sunken px-4 py-3 text-ink-2">
        {simulation.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    )}
    <RulingRules matched={simulation.ruling.matched} />
    <AsTest simulation={simulation} name={name} />
    <Card title={t('ruling.facts')}>
      <p className="mb-2 text-xs text-ink-3">
        {t('simulate.versions', { versions: simulation.versions.map(({ name: set, version }) => `${set}@${version}`).join(', ') })}
      </p>
      <JsonView label={t('ruling.facts')} value={simulation.facts} />
    </Card>
  </div>
);
