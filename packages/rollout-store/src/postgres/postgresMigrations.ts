import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const RAISE = `language plpgsql as $$ begin raise exception 'events are never changed or deleted'; end $$`

const EVENT_LOG_AND_WINDOWS = `
  create table gradvis.event (sequence bigint primary key, body json not null);

  create function gradvis.refuse_change() returns trigger ${RAISE};
  create trigger event_is_never_changed before update or delete or truncate on gradvis.event
    for each statement execute function gradvis.refuse_change();

  create function gradvis.refuse_gap() returns trigger language plpgsql as $$
  begin
    if new.sequence <> (select coalesce(max(sequence), 0) + 1 from gradvis.event) then
      raise exception 'events are appended one after the other' using errcode = 'unique_violation';
    end if;
    return new;
  end $$;
  create trigger event_is_without_gap before insert on gradvis.event
    for each row execute function gradvis.refuse_gap();

  -- Text, because it is read back by the thousand: json takes a third longer, jsonb twice as long.
  create table gradvis.observation_window (
    id bigint generated always as identity primary key,
    instance text not null,
    service text not null,
    implementation text not null,
    start_ms double precision not null,
    end_ms double precision not null,
    slot_ms double precision not null,
    body text not null,
    xact_id xid8 not null default pg_current_xact_id(),
    unique (instance, service, implementation, start_ms)
  );
  create index observation_window_by_visibility on gradvis.observation_window (xact_id, id);
  create index observation_window_by_slot on gradvis.observation_window (slot_ms, service, implementation, id);

  create table gradvis.observation_roll_up (
    slot_ms double precision not null,
    service text not null,
    implementation text not null,
    start_ms double precision not null,
    end_ms double precision not null,
    body text not null,
    primary key (slot_ms, service, implementation)
  );

  -- Until where each instance's windows were rolled up: what it sends again from before that is known already.
  create table gradvis.rolled_up_until (
    instance text not null,
    service text not null,
    implementation text not null,
    start_ms double precision not null,
    primary key (instance, service, implementation)
  );

  -- The last writer of what was rolled up: a reader that stands before it starts anew.
  create table gradvis.roll_up_watermark (one boolean primary key default true check (one), xact_id xid8 not null);
  insert into gradvis.roll_up_watermark (xact_id) values ('0');
`

const LEADER_AND_PAGES = `
  -- Who does the work that one does for all: from when, and for how long.
  create table gradvis.leader (
    one boolean primary key default true check (one),
    instance text not null,
    since timestamptz not null,
    ttl interval not null
  );
  insert into gradvis.leader (instance, since, ttl) values ('', clock_timestamp(), '0');

  -- How many there were: a reader that has read some of the pages of everything must know whether there was another.
  alter table gradvis.roll_up_watermark add column roll_ups bigint not null default 0;
`

/** Never change one that was published: add another. */
export const POSTGRES_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001_event_log_and_windows': {
    up: async (database: Kysely<unknown>) => void (await sql.raw(EVENT_LOG_AND_WINDOWS).execute(database)),
  },
  '002_leader_and_pages': {
    up: async (database: Kysely<unknown>) => void (await sql.raw(LEADER_AND_PAGES).execute(database)),
  },
}
