comment on table event_deliveries is '@platform(select, delete): what is old is let go of across tenants';
