import { lazy, Suspense, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Dialog } from '#ui/dialog.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { Wish } from './ai/describe-form.tsx';
import { BlankForm } from './blank-form.tsx';
import { ImportForm } from './import-form.tsx';
import { STARTS, type Start } from './search.ts';
import { TemplatePicker } from './template-picker.tsx';
import { UseTemplate } from './use-template.tsx';

const Describe = lazy(() => import('./ai/describe-form.tsx').then(({ DescribeForm }) => ({ default: DescribeForm })));
const NO_WISH: Wish = { goal: '', context: '', triggers: [], readOnly: false };

interface NewDialogProps {
  start: Start;
  onStart: (start: Start) => void;
  onClose: () => void;
}
/** Ways to a new workflow: blank, from words, from a template, from a file. */
export function NewDialog({ start, onStart, onClose }: NewDialogProps) {
  const [template, setTemplate] = useState<string | null>(null);
  // Kept while one looks at the other ways.
  const [wish, setWish] = useState(NO_WISH);
  if (template !== null) return <UseTemplate id={template} onBack={() => setTemplate(null)} onClose={onClose} />;
  const forms = {
    blank: <BlankForm onClose={onClose} />,
    describe: (
      <Suspense fallback={<SkeletonText lines={6} />}>
        <Describe wish={wish} onWish={setWish} onTemplate={setTemplate} onClose={onClose} />
      </Suspense>
    ),
    template: <TemplatePicker onPick={setTemplate} />,
    import: <ImportForm onClose={onClose} />,
  };
  return (
    <Dialog
      open
      width={start === 'template' || start === 'describe' ? 'xl' : 'lg'}
      onOpenChange={(open) => !open && onClose()}
      title={t('workflows.new')}
      description={t('workflows.new.text')}
    >
      <Tabs
        label={t('workflows.new.ways')}
        value={start}
        onChange={onStart}
        tabs={STARTS.map((value) => ({ value, label: t(`workflows.start.${value}`), content: forms[value] }))}
      />
    </Dialog>
  );
}
