import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { t } from '#lib/i18n.ts';
import { AboutFields } from './about-fields.tsx';
import { SECRET_LISTS } from './api.ts';
import { aboutChanges, aboutOf } from './draft.ts';
import { References } from './references.tsx';
import type { SecretDetail } from './types.ts';
import { ValueDialog } from './value-dialog.tsx';

export type SecretAct = { act: 'edit' } | { act: 'value' } | { act: 'delete' } | { act: 'restore' } | { act: 'rollback'; version: number };
interface ActProps {
  secret: SecretDetail;
  onClose: () => void;
}

/** What is said of a secret; its value is another dialog. */
function Edit({ secret, onClose }: ActProps) {
  const tell = useTell();
  const [draft, setDraft] = useState(() => aboutOf(secret));
  const changes = aboutChanges(secret, draft);
  const ready = changes !== null && Object.keys(changes).length > 0;
  return (
    <ReviewDialog
      title={t('secrets.edit.of', { name: secret.name })}
      description={t('secrets.edit.text')}
      call={ready ? { method: 'PATCH', path: `/secrets/${secret.id}`, body: changes, ifMatch: secret.version } : null}
      action={t('action.save')}
      touched={SECRET_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('secrets.edited', { name: secret.name }))}
    >
      <AboutFields draft={draft} onChange={setDraft} errors={{}} />
    </ReviewDialog>
  );
}

/** Refused by the server while something refers to it, which is what one sees first. */
function Delete({ secret, onClose }: ActProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('secrets.delete.of', { name: secret.name })}
      description={t('secrets.delete.text')}
      call={{ method: 'DELETE', path: `/secrets/${secret.id}`, ifMatch: secret.version }}
      action={t('secrets.delete')}
      danger
      typed={secret.name}
      touched={SECRET_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('secrets.deleted', { name: secret.name }))}
    >
      {secret.references.length > 0 && (
        <div className="flex flex-col gap-1.5 rounded-md bg-warn-wash px-3 py-2">
          <p className="font-medium">{t('secrets.delete.used')}</p>
          <References references={secret.references} />
        </div>
      )}
    </ReviewDialog>
  );
}

function Restore({ secret, onClose }: ActProps) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('secrets.restore.of', { name: secret.name })}
      description={t('secrets.restore.text')}
      call={{ method: 'POST', path: `/secrets/${secret.id}/restore`, body: {}, ifMatch: secret.version }}
      action={t('secrets.restore')}
      touched={SECRET_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('secrets.restored', { name: secret.name }))}
    />
  );
}

function Rollback({ secret, version, onClose }: ActProps & { version: number }) {
  const tell = useTell();
  return (
    <ReviewDialog
      title={t('secrets.rollback.of', { name: secret.name, version })}
      description={t('secrets.rollback.text')}
      call={{ method: 'POST', path: `/secrets/${secret.id}/rollback`, body: { version }, ifMatch: secret.version }}
      action={t('secrets.rollback')}
      touched={SECRET_LISTS}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('secrets.rolledBack', { name: secret.name, version }))}
    />
  );
}

/** What an act on a secret asks before it happens. */
export function SecretDialog({ open, ...props }: ActProps & { open: SecretAct }) {
  if (open.act === 'edit') return <Edit {...props} />;
  if (open.act === 'value') return <ValueDialog {...props} />;
  if (open.act === 'delete') return <Delete {...props} />;
  if (open.act === 'restore') return <Restore {...props} />;
  return <Rollback {...props} version={open.version} />;
}
