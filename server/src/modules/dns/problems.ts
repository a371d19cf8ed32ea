import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'dns-zone-not-found': { status: 404, title: 'No such zone', meaning: 'The tenant has no zone with this id, or it is outside your Scope.', remedy: 'List the zones with `dns.listZones`.' },
  'dns-record-not-found': { status: 404, title: 'No such record', meaning: 'The zone has no record with this id; it may have been deleted or replaced meanwhile.', remedy: 'List the records with `dns.listRecords`.' },
  'dns-version-not-found': { status: 404, title: 'No such version', meaning: 'The zone’s history has no version with this number. Versions are kept for 400 days.', remedy: 'List them with `dns.history`.' },
  'record-invalid': { status: 422, title: 'Record not valid', meaning: 'A name, type, TTL or value breaks the rules of DNS, or records would contradict each other.', remedy: 'Correct the fields in `errors`.' },
  'cname-conflict': { status: 409, title: 'An alias must be alone', meaning: 'A CNAME record cannot be beside other records of its name, nor at the top of a zone.', remedy: 'Delete the other records in the same change set, or choose another name.' },
  'ttl-mismatch': { status: 422, title: 'One set, one TTL', meaning: 'All records of one name and type have the same TTL (RFC 2181).', remedy: 'Leave the TTL out, or set `applyToSet` to change it for the whole set.' },
  'zone-exists': { status: 409, title: 'Zone name taken', meaning: 'The name server serves a zone with this name already, or one above or below it that is not yours.', remedy: 'Choose another name, or another connection.' },
  'zone-not-served': { status: 409, title: 'The server has no such zone', meaning: 'A server that is reached by dynamic update must have the zone before it can be taken over here.', remedy: 'Make the zone at the server, and allow the key to transfer and update it.' },
  'zone-drifted': { status: 409, title: 'Changed at the server', meaning: 'The records at the server are not those that the change was planned on: someone changed them elsewhere. Nothing was overwritten.', remedy: 'Take the server’s records over with `dns.import` (source `server`), then ask for your change again.' },
  'zone-too-large': { status: 422, title: 'Too many records', meaning: 'A zone holds up to 10,000 records here.', remedy: 'Divide it: delegate a part to a zone of its own.' },
  'zonefile-invalid': { status: 422, title: 'Zone file not valid', meaning: 'The file could not be read as a whole; nothing of it was applied.', remedy: 'Correct the places in `errors` (line and column), or set `skipInvalid` to leave them out.' },
  'mass-change': { status: 422, title: 'A large part of the zone would change', meaning: 'More than 30 % of the sets of a zone with ten or more would be changed or deleted.', remedy: 'If that is meant, send it again with `confirmMassChange`.' },
  'dns-check-busy': { status: 503, title: 'Too many checks at once', meaning: 'Propagation checks wait for other people’s servers, so only a few run at a time.', remedy: 'Try again after `Retry-After`.' },
}); // prettier-ignore
