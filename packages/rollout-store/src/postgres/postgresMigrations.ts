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

const RECORD_LOG = `
  -- A log that its writers chain, such as an audit trail. Only the personal part of a row can be taken out again.
  -- Text, because what is hashed must come back as it was.
  create table gradvis.record (sequence bigint primary key, body text not null, hash text not null, personal text);

  -- Where it ends: a tail that is missing is missed. Whoever appends locks it.
  create table gradvis.record_head (
    one boolean primary key default true check (one),
    sequence bigint not null,
    hash text not null
  );
  insert into gradvis.record_head (sequence, hash) values (0, '');

  create function gradvis.refuse_record_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      if row(new.sequence, new.body, new.hash) is not distinct from row(old.sequence, old.body, old.hash)
        and new.personal is null then
        return new;
      end if;
    end if;
    raise exception 'records are never changed or deleted';
  end $$;
  create trigger record_is_only_forgotten before update or delete on gradvis.record
    for each row execute function gradvis.refuse_record_change();
  create trigger record_is_never_emptied before truncate on gradvis.record
    for each statement execute function gradvis.refuse_record_change();

  create function gradvis.move_record_head() returns trigger language plpgsql as $$
  declare
    before bigint;
    last record;
    added bigint;
  begin
    select count(*) into added from new_rows;
    if added = 0 then return null; end if;
    select sequence into strict before from gradvis.record_head for update;
    select sequence, hash into last from new_rows order by sequence desc limit 1;
    -- Distinct and after the head, so that as many as the numbers between are all of them.
    if last.sequence <> before + added or exists (select from new_rows where sequence <= before) then
      raise exception 'records are appended one after the other';
    end if;
    update gradvis.record_head set sequence = last.sequence, hash = last.hash;
    return null;
  end $$;
  create trigger record_moves_head after insert on gradvis.record
    referencing new table as new_rows
    for each statement execute function gradvis.move_record_head();

  create function gradvis.refuse_record_head_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      if new.sequence > old.sequence
        and exists (select from gradvis.record where sequence = new.sequence and hash = new.hash) then
        return new;
      end if;
    end if;
    raise exception 'the head of the records follows the records';
  end $$;
  create trigger record_head_follows_records before update or delete on gradvis.record_head
    for each row execute function gradvis.refuse_record_head_change();
  create trigger record_head_is_never_emptied before truncate on gradvis.record_head
    for each statement execute function gradvis.refuse_record_change();
`

/** Never change one that was published: add another. */
export const POSTGRES_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001_event_log_and_windows': {
    up: async (database: Kysely<unknown>) => void (await sql.raw(EVENT_LOG_AND_WINDOWS).execute(database)),
  },
  '002_leader_and_pages': {
    up: async (database: Kysely<unknown>) => void (await sql.raw(LEADER_AND_PAGES).execute(database)),
  },
  '003_record_log': {
    up: async (database: Kysely<unknown>) => void (await sql.raw(RECORD_LOG).execute(database)),
  },
}
