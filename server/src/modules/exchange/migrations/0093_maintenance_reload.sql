-- A planned reload or restart of route servers: nothing is drained, that sessions are away is expected, and at the end it is seen which are not back.
alter table exchange_maintenance
  drop constraint exchange_maintenance_kind_check,
  add constraint exchange_maintenance_kind_check check (kind in ('rs_reload', 'rs_drain', 'fabric_cull'));
alter table exchange_maintenance_servers
  -- Since when it is looked whether sessions are back.
  add column looked_at timestamptz,
  -- Names of sessions that were not; null while that is not known.
  add column lost jsonb;
