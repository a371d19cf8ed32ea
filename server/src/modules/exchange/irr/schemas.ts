import { z } from 'zod';

export const IRR_STATES = ['fresh', 'kept', 'missing'] as const;
const Prefix = z.object({ prefix: z.string(), ge: z.int(), le: z.int() }).meta({ help: 'The prefix and those below it of these lengths' });

export const IrrList = z
  .object({
    participantId: z.uuid(),
    asn: z.int(),
    name: z.string(),
    source: z.string().meta({ help: 'The AS-SET that is asked for, or the AS number where the network names none' }),
    state: z.enum(IRR_STATES).meta({ help: '`kept`: the last answer was not taken, and the one of before is in use; `missing`: there is none yet' }),
    origins: z.int(),
    prefixesV4: z.int(),
    prefixesV6: z.int(),
    fetchedAt: z.iso.datetime().nullable().meta({ help: 'When the answer came that is in use' }),
    ageSeconds: z.int().nullable(),
    triedAt: z.iso.datetime().nullable(),
    problemCode: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ExchangeIrrList' });

export const IrrEntries = z
  .object({ ...IrrList.shape, entries: z.object({ origins: z.array(z.int()), v4: z.array(Prefix), v6: z.array(Prefix) }) })
  .meta({ id: 'ExchangeIrrEntries' });
