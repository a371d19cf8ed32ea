-- Nodes of workflows that may use the value at the same time; null where that is not limited.
alter table secrets add column max_in_flight integer check (max_in_flight between 1 and 1000);
