-- A number is given when a row is inserted and seen when its transaction commits, so a later one may be seen first. Who reads the log
-- as it grows goes by transactions instead (event-log.ts). Events that are there already are of a transaction that everybody sees.
alter table events add column xid xid8 not null default '3';
alter table events alter column xid set default pg_current_xact_id();
create index events_log on events (tenant_id, xid, seq);
drop index events_stream;
