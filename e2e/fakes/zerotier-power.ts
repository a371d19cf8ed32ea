import { argv } from 'node:process';

/** What `systemctl stop zerotier-one` is elsewhere: turns the switch of the emulator, whose address is the first word. */
const { ok, status } = await fetch(argv[2]!, { method: 'POST' });
if (!ok) throw new Error(`the switch answered ${status}`);
