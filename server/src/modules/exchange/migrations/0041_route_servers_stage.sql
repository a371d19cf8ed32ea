-- A port is active once every route server that follows has it; until then, setting it up may have failed there.
alter table exchange_join_requests drop constraint exchange_join_requests_failed_stage_check;
alter table exchange_join_requests add constraint exchange_join_requests_failed_stage_check
  check (failed_stage in ('gate', 'address', 'controller', 'route_servers'));
