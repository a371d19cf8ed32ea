import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { dragged, held, MOST_ZOOM, squareOf, WHOLE, type View } from './crop.ts';

/** Pixels of the square on screen, and of the picture that is sent: the server keeps 512. */
const SHOWN = 288;
const SENT = 512;

const MOVES: Record<string, readonly [number, number]> = { ArrowLeft: [8, 0], ArrowRight: [-8, 0], ArrowUp: [0, 8], ArrowDown: [0, -8] };

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, view: View): void {
  const { x, y, side } = squareOf(view, picture.width, picture.height);
  const pen = canvas.getContext('2d')!;
  pen.imageSmoothingQuality = 'high';
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
}
const asFile = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(t('profile.picture.broken')))), 'image/png'));

export interface CropDialogProps {
  picture: ImageBitmap;
  /** Resolves when the part was taken; its problem is shown here. */
  onUse: (part: Blob) => Promise<unknown>;
  onClose: () => void;
}
/** Chooses the square of a picture, by pointer or by keyboard. Nothing leaves the browser before it is chosen. */
export function CropDialog({ picture, onUse, onClose }: CropDialogProps) {
  // In state, not in a ref: the dialog brings it to the page only after the first effects.
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const from = useRef<readonly [number, number] | null>(null);
  const [view, setView] = useState<View>(WHOLE);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { width, height } = picture;
  useEffect(() => {
    if (canvas) draw(canvas, picture, view);
  }, [canvas, picture, view]);

  const move = (by: readonly [number, number]) => setView((before) => dragged(before, by, SHOWN, width, height));
  const zoom = (to: number) => setView((before) => held({ ...before, zoom: to }, width, height));
  const onKey = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (by) move(by);
    else if (event.key === '+' || event.key === '=') zoom(view.zoom + 0.1);
    else if (event.key === '-') zoom(view.zoom - 0.1);
    else return;
    event.preventDefault();
  };
  const onMove = (event: PointerEvent) => {
    if (!from.current) return;
    move([event.clientX - from.current[0], event.clientY - from.current[1]]);
    from.current = [event.clientX, event.clientY];
  };
  const use = () => {
    const whole = document.createElement('canvas');
    whole.width = whole.height = SENT;
    draw(whole, picture, view);
    setBusy(true);
    setError(null);
    asFile(whole)
      .then(onUse)
      .then(onClose, setError)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('profile.picture.crop')}
      description={t('profile.picture.crop.help')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" busy={busy} onClick={use}>
            {t('profile.picture.use')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-center gap-4">
        {error !== null && <ProblemView error={error} />}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys by definition; these are its arrows */}
        <div
          role="application"
          aria-label={t('profile.picture.crop')}
          tabIndex={0}
          onKeyDown={onKey}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            from.current = [event.clientX, event.clientY];
          }}
          onPointerMove={onMove}
          onPointerUp={() => (from.current = null)}
          onWheel={(event) => zoom(view.zoom - Math.sign(event.deltaY) * 0.1)}
          className="relative size-72 max-w-full cursor-grab touch-none overflow-hidden rounded-lg bg-sunken active:cursor-grabbing"
        >
          <canvas ref={setCanvas} width={SHOWN * 2} height={SHOWN * 2} className="size-full" />
          {/* What a round frame will leave. */}
          <span aria-hidden className="pointer-events-none absolute inset-0 rounded-full shadow-[0_0_0_200px_var(--scrim)]" />
        </div>
        <label className="flex w-72 max-w-full items-center gap-3">
          <span className="shrink-0">{t('profile.picture.zoom')}</span>
          <input
            type="range"
            min={1}
            max={MOST_ZOOM}
            step={0.05}
            value={view.zoom}
            onChange={(event) => zoom(Number(event.target.value))}
            className="h-6 w-full accent-(--accent-fill)"
          />
        </label>
      </div>
    </Dialog>
  );
}
