-- What a provider said of somebody whose address it does not answer for, sealed and good for an hour: it counts once the address is confirmed.
alter table auth.signups add column word_sealed text;
