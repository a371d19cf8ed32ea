import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { contrastOnWhite } from '#features/auth/colour.ts';
import { useTell } from '#features/review/submit.ts';
import { run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PageFrame } from '#ui/page.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { brandingQuery, pathOf, type Branding } from './api.ts';
import { BrandPreview } from './brand-preview.tsx';
import { isColour, verdictOf } from './contrast.ts';
import { PictureField } from './picture-field.tsx';

const NO_COLOUR = '#2f5fd0';
const VERDICTS = { good: [CircleCheck, 'text-good'], darkened: [TriangleAlert, 'text-warn'], refused: [CircleX, 'text-bad'] } as const;

/** How well a colour can be seen and read, while one chooses. */
function Contrast({ colour }: { colour: string }) {
  const verdict = verdictOf(colour);
  const [Icon, ink] = VERDICTS[verdict];
  return (
    <p role="status" className="flex items-start gap-1.5 text-xs text-ink-2">
      <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${ink}`} />
      {t(`branding.contrast.${verdict}`, { ratio: contrastOnWhite(colour).toFixed(2) })}
    </p>
  );
}

type Texts = Record<'primaryColor' | 'loginText' | 'mailSenderName' | 'supportLink', string>;
const textsOf = ({ primaryColor, loginText, mailSenderName, supportLink }: Branding): Texts => ({
  primaryColor: primaryColor ?? '',
  loginText: loginText ?? '',
  mailSenderName: mailSenderName ?? '',
  supportLink: supportLink ?? '',
});

interface WordsProps {
  texts: Texts;
  set: (part: Partial<Texts>) => void;
  errors: Record<string, string>;
  disabled: boolean;
}
const Words = ({ texts, set, errors, disabled }: WordsProps) => (
  <Card title={t('branding.words')}>
    <div className="flex flex-col gap-4">
      <Field label={t('branding.loginText')} help={t('branding.loginText.help')} error={errors['/loginText']} required={false}>
        {(control) => (
          <Textarea
            {...control}
            disabled={disabled}
            rows={3}
            maxLength={500}
            value={texts.loginText}
            onChange={(event) => set({ loginText: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('branding.sender')} help={t('branding.sender.help')} error={errors['/mailSenderName']} required={false}>
        {(control) => (
          <Input
            {...control}
            disabled={disabled}
            maxLength={80}
            value={texts.mailSenderName}
            onChange={(event) => set({ mailSenderName: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('branding.support')} help={t('branding.support.help')} error={errors['/supportLink']} required={false}>
        {(control) => (
          <Input
            {...control}
            type="url"
            disabled={disabled}
            maxLength={500}
            placeholder="https://"
            value={texts.supportLink}
            onChange={(event) => set({ supportLink: event.target.value })}
          />
        )}
      </Field>
    </div>
  </Card>
);

function BrandingForm({ branding }: { branding: Branding }) {
  const { tenant } = useMe();
  const client = useQueryClient();
  const tell = useTell();
  const blocked = useBlocked('branding:write');
  const [texts, setTexts] = useState(() => textsOf(branding));
  const set = (part: Partial<Texts>) => setTexts((now) => ({ ...now, ...part }));
  const before = textsOf(branding);
  const changed = Object.fromEntries(
    Object.entries(texts)
      .filter(([key, value]) => value.trim() !== before[key as keyof Texts])
      .map(([key, value]) => [key, value.trim() || null]),
  );
  const save = useMutation({
    mutationFn: () => run<Branding>('PUT', pathOf(tenant.id, '/branding'), { body: changed }, { ifMatch: branding.version }),
    onSuccess: (outcome) => {
      tell(outcome, t('branding.saved'));
      return client.invalidateQueries({ queryKey: [pathOf(tenant.id, '/branding')] });
    },
  });
  const errors = errorsByPointer(save.error && toProblem(save.error));
  const disabled = blocked !== null;
  const colour = texts.primaryColor.trim();
  const wrong = colour !== '' && !isColour(colour) ? t('branding.colour.fault') : undefined;
  const refused = isColour(colour) && verdictOf(colour) === 'refused';
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <form
        noValidate
        className="flex min-w-0 flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !wrong && !refused && Object.keys(changed).length > 0 && !save.isPending) save.mutate();
        }}
      >
        {save.error && <ProblemView error={save.error} placed={(pointer) => pointer in errors && pointer.slice(1) in texts} />}
        <Card title={t('branding.look')}>
          <div className="flex flex-col gap-5">
            <Field label={t('branding.colour')} help={t('branding.colour.help')} error={errors['/primaryColor'] ?? wrong} required={false}>
              {(control) => (
                <span className="flex items-center gap-2">
                  <input
                    type="color"
                    aria-label={t('branding.colour.pick')}
                    disabled={disabled}
                    value={isColour(colour) ? colour : NO_COLOUR}
                    onChange={(event) => set({ primaryColor: event.target.value })}
                    className="h-8 w-12 shrink-0 cursor-pointer rounded-md border border-line-control bg-surface p-0.5"
                  />
                  <Input
                    {...control}
                    mono
                    className="max-w-36"
                    disabled={disabled}
                    maxLength={7}
                    placeholder={NO_COLOUR}
                    value={texts.primaryColor}
                    onChange={(event) => set({ primaryColor: event.target.value })}
                  />
                </span>
              )}
            </Field>
            {isColour(colour) && <Contrast colour={colour} />}
            <PictureField kind="logo" url={branding.logoUrl} version={branding.version} blocked={blocked} />
            <PictureField kind="icon" url={branding.iconUrl} version={branding.version} blocked={blocked} />
          </div>
        </Card>
        <Words texts={texts} set={set} errors={errors} disabled={disabled} />
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          busy={save.isPending}
          blocked={blocked ?? (refused ? t('branding.contrast.blocked') : null)}
          disabled={!disabled && (Object.keys(changed).length === 0 || wrong !== undefined)}
        >
          {t('action.save')}
        </Button>
      </form>
      <BrandPreview
        name={tenant.name}
        colour={isColour(colour) ? colour : null}
        logoUrl={branding.logoUrl}
        iconUrl={branding.iconUrl}
        loginText={texts.loginText}
        supportLink={texts.supportLink}
      />
    </div>
  );
}

/** How the organisation presents itself at the door and in mails, seen before it is saved. */
export function BrandingPage() {
  const { tenant } = useMe();
  const branding = useQuery(brandingQuery(tenant.id));
  return (
    <PageFrame title={t('branding.title')} facts={t('branding.lead')}>
      <Loaded query={branding} lines={8}>
        {(data) => <BrandingForm key={data.version} branding={data} />}
      </Loaded>
    </PageFrame>
  );
}
