import { follow, pause, START, type Link, type LinkEvent } from './link.ts';
import type { Message } from './view.ts';

/** One open connection; closing it is silent. */
export interface Line {
  close: () => void;
}
export interface LineEvents {
  opened: () => void;
  said: (message: Message) => void;
  closed: (code: number) => void;
}
/** How each way is opened; `poll` asks once. All of them begin after a number. */
export interface Ways {
  socket: (after: number, on: LineEvents) => Line;
  events: (after: number, on: LineEvents) => Line;
  poll: (after: number, on: LineEvents) => Line;
}
export interface Follower {
  /** Lets go for a while, or goes on after what was heard last. */
  hold: (held: boolean) => void;
  stop: () => void;
}

// oxlint-disable max-lines-per-function -- a factory: the functions inside are short and share one closure
/** Follows one execution until it has ended, over whatever way leads to it, and tells each message once. */
export function startFollowing(ways: Ways, after: number, tell: { message: (message: Message) => void; link: (link: Link) => void }): Follower {
  let link: Link = { ...START, after };
  let line: Line | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const move = (event: LinkEvent): void => {
    link = follow(link, event);
    tell.link(link);
  };
  const later = (): void => {
    const wait = pause(link);
    if (wait === null || stopped) return;
    clearTimeout(timer);
    timer = setTimeout(open, wait);
  };
  function open(): void {
    // What an old connection still says after it was left is not heard.
    let ours = true;
    const over = (event: LinkEvent): void => {
      if (!ours || stopped) return;
      ours = false;
      line = null;
      move(event);
      later();
    };
    const opened = ways[link.way](link.after, {
      opened: () => ours && !stopped && move({ type: 'opened' }),
      said: (message) => {
        if (!ours || stopped) return;
        tell.message(message);
        move({ type: 'heard', seq: message.seq });
        if (message.type !== 'end') return;
        move({ type: 'ended' });
        ours = false;
        line?.close();
        line = null;
      },
      // A round of polling that was answered ends with 1000; so does a connection whose server goes on elsewhere.
      closed: (code) => over(link.way === 'poll' && code === 1000 ? { type: 'asked' } : { type: 'closed', code }),
    });
    if (ours)
      line = {
        close: () => {
          ours = false;
          opened.close();
        },
      };
  }
  open();
  const leave = (): void => {
    clearTimeout(timer);
    line?.close();
    line = null;
  };
  return {
    hold(held) {
      if (held) leave();
      else if (!line && link.phase !== 'ended' && link.phase !== 'refused') {
        clearTimeout(timer);
        open();
      }
    },
    stop() {
      stopped = true;
      leave();
    },
  };
}
