import { CircleCheck, CircleX, Hourglass, RotateCw, Upload as UploadIcon, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Progress } from '#ui/progress.tsx';
import { ACCEPTED, bytesText, MOST_MIB } from './files.ts';
import { useUploads, type Upload } from './use-uploads.ts';

const reason = ({ fault, error }: Upload): string => {
  if (fault) return fault;
  const { body } = toProblem(error);
  return body.errors?.map(({ message }) => message).join(' ') || (body.detail ?? body.title);
};

function Line({ upload, onRemove, onRetry }: { upload: Upload; onRemove: () => void; onRetry: () => void }) {
  const { name, bytes, state, percent, fault } = upload;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
      {state === 'done' && <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />}
      {state === 'asked' && <Hourglass aria-hidden className="size-4 shrink-0 text-warn" />}
      {state === 'failed' && <CircleX aria-hidden className="size-4 shrink-0 text-bad" />}
      {(state === 'waiting' || state === 'sending') && <UploadIcon aria-hidden className="size-4 shrink-0 text-ink-3" />}
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      {state === 'sending' && (
        <span className="flex w-32 items-center gap-2 sm:w-48">
          <Progress value={percent} label={t('knowledge.upload.progress', { name })} />
          <span className="w-9 shrink-0 text-end text-xs text-ink-2 tabular-nums">{Math.floor(percent)} %</span>
        </span>
      )}
      <span className="flex shrink-0 items-center gap-1">
        <span className="text-xs text-ink-3">{state === 'sending' ? bytesText(bytes) : t(`knowledge.upload.${state}`)}</span>
        {state === 'failed' && !fault && (
          <Button size="icon-sm" variant="ghost" aria-label={t('knowledge.upload.again', { name })} onClick={onRetry}>
            <RotateCw aria-hidden className="size-3.5" />
          </Button>
        )}
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={t(state === 'waiting' || state === 'sending' ? 'knowledge.upload.cancel' : 'knowledge.upload.dismiss', { name })}
          onClick={onRemove}
        >
          <X aria-hidden className="size-3.5" />
        </Button>
      </span>
      {state === 'failed' && <p className="basis-full text-xs text-bad">{reason(upload)}</p>}
    </li>
  );
} // prettier-ignore

/** Where files are dropped or chosen, and how far each of them is. */
export function UploadZone({ collectionId }: { collectionId: string }) {
  const { uploads, add, remove, retry } = useUploads(collectionId);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const blocked = useBlocked('knowledge:write');
  const done = uploads.filter(({ state }) => state === 'done').length;
  const take = (files: FileList | null) => !blocked && files && add([...files]);
  return (
    <section aria-label={t('knowledge.upload')} className="overflow-hidden rounded-lg border border-line bg-surface">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!blocked);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
        className={cx('flex flex-wrap items-center gap-x-4 gap-y-2 border-2 border-dashed border-transparent px-4 py-3.5', over && 'border-accent! bg-accent-wash')}
      >
        <UploadIcon aria-hidden className="size-5 shrink-0 text-ink-3" strokeWidth={1.75} />
        <div className="min-w-0 flex-1 basis-52">
          <p className="font-medium">{t('knowledge.upload.drop')}</p>
          <p className="text-xs text-ink-3">{t('knowledge.upload.help', { most: MOST_MIB })}</p>
        </div>
        <Button blocked={blocked} onClick={() => input.current?.click()}>
          {t('knowledge.upload.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPTED}
          aria-label={t('knowledge.upload.choose')}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
      </div>
      {uploads.length > 0 && (
        <ul aria-label={t('knowledge.upload.files')} className="divide-y divide-line border-t border-line">
          {uploads.map((one) => (
            <Line key={one.key} upload={one} onRemove={() => remove(one.key)} onRetry={() => retry(one.key)} />
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {done > 0 && t('knowledge.upload.arrived', { count: done })}
      </p>
    </section>
  );
} // prettier-ignore
