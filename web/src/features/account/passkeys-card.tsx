import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { makePasskey, passkeysAreThere, type PublicKeyCredentialCreationOptionsJSON } from '#lib/passkey.ts';
import { Problem } from '#lib/problem.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, passkeysQuery, type PasskeyRow } from './api.ts';
import { BackupCodesDialog } from './backup-codes.tsx';
import { Loaded } from './loaded.tsx';
import { NoRows, Row, Rows } from './rows.tsx';

const touched = () => changed('/auth/passkeys', '/auth/mfa', '/users/me/activity');

/** Backup codes come with the first factor. */
async function add(label: string): Promise<readonly string[] | null> {
  const options = await request<PublicKeyCredentialCreationOptionsJSON>('POST', '/auth/passkeys/options', { body: {} });
  const response = await makePasskey(options).catch(() => {
    throw new Error(t('passkeys.failed'));
  });
  const { backupCodes } = await request<{ backupCodes: string[] | null }>('POST', '/auth/passkeys', { body: { response, label } });
  return backupCodes;
}

interface NameDialogProps {
  title: string;
  description?: string;
  initial: string;
  action: string;
  save: (label: string) => Promise<unknown>;
  onClose: () => void;
}
/** Asks for the name of a passkey, before it is made or afterwards. */
function NameDialog({ title, description, initial, action, save, onClose }: NameDialogProps) {
  const [label, setLabel] = useState(initial);
  const act = useMutation({ mutationFn: () => save(label.trim()), onSuccess: onClose });
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      {...(description ? { description } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="passkey-name" variant="primary" busy={act.isPending} disabled={label.trim() === ''}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id="passkey-name"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (label.trim() && !act.isPending) act.mutate();
        }}
      >
        {act.error &&
          (act.error instanceof Problem ? (
            <ProblemView error={act.error} />
          ) : (
            <p role="alert" className="text-bad">
              {act.error.message}
            </p>
          ))}
        <Field label={t('passkeys.name')} help={t('passkeys.name.help')} required>
          {(control) => <Input {...control} autoFocus maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

function PasskeyLine({ passkey }: { passkey: PasskeyRow }) {
  const [act, setAct] = useState<'rename' | 'remove' | null>(null);
  const name = passkey.label;
  const path = `/auth/passkeys/${passkey.id}`;
  const remove = async () => {
    await request('DELETE', path);
    toast.done(t('passkeys.removed', { name }));
    await touched();
  };
  return (
    <>
      <Row
        icon={KeyRound}
        title={
          <>
            {name}
            {passkey.backedUp && <Badge>{t('passkeys.synced')}</Badge>}
          </>
        }
        facts={
          <>
            <span>
              {t('passkeys.made')} <Time at={passkey.createdAt} />
            </span>
            <span>
              {t('passkeys.used')} {passkey.lastUsedAt ? <Time at={passkey.lastUsedAt} /> : t('time.never')}
            </span>
          </>
        }
        actions={
          <>
            <Button variant="ghost" size="sm" aria-label={t('passkeys.rename.of', { name })} onClick={() => setAct('rename')}>
              {t('passkeys.rename')}
            </Button>
            <Button size="sm" aria-label={t('passkeys.remove.of', { name })} onClick={() => setAct('remove')}>
              {t('passkeys.remove')}
            </Button>
          </>
        }
      />
      {act === 'rename' && (
        <NameDialog
          title={t('passkeys.rename.of', { name })}
          initial={name}
          action={t('action.save')}
          save={(label) => request('PATCH', path, { body: { label } }).then(touched)}
          onClose={() => setAct(null)}
        />
      )}
      <Confirm
        open={act === 'remove'}
        danger
        onOpenChange={(open) => !open && setAct(null)}
        title={t('passkeys.remove.of', { name })}
        action={t('passkeys.remove')}
        onConfirm={remove}
      >
        {t('passkeys.remove.text')}
      </Confirm>
    </>
  );
}

/** Keys that sign in without a password. */
export function PasskeysCard() {
  const passkeys = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const save = async (label: string) => {
    setCodes(await add(label));
    toast.done(t('passkeys.added', { name: label }));
    await touched();
  };
  return (
    <Card
      flush
      title={t('passkeys.card')}
      aside={
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-3.5" />}
          blocked={passkeysAreThere() ? null : t('passkeys.none.browser')}
          onClick={() => setAdding(true)}
        >
          {t('passkeys.add')}
        </Button>
      }
    >
      <div className={passkeys.data ? '' : 'p-4'}>
        <Loaded query={passkeys}>
          {({ items }) =>
            items.length === 0 ? (
              <NoRows>{t('passkeys.none')}</NoRows>
            ) : (
              <Rows label={t('passkeys.card')}>
                {items.map((passkey) => (
                  <PasskeyLine key={passkey.id} passkey={passkey} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </div>
      {adding && (
        <NameDialog
          title={t('passkeys.add')}
          description={t('passkeys.add.text')}
          initial=""
          action={t('passkeys.add')}
          save={save}
          onClose={() => setAdding(false)}
        />
      )}
      {codes && !adding && <BackupCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Card>
  );
}
