/** In the header of the file: 'Grdv'. */
export const APPLICATION_ID = 0x47726476

/**
 * One step per version of the schema, `user_version` counts those that were done. Never change one that was published:
 * add another.
 */
export const SQLITE_MIGRATIONS: readonly string[] = [
  `
  create table event (sequence integer primary key, body text not null) strict;

  create trigger event_is_without_gap before insert on event
  when new.sequence is not (select coalesce(max(sequence), 0) + 1 from event)
  begin select raise(abort, 'events are appended one after the other'); end;

  create trigger event_is_never_changed before update on event
  begin select raise(abort, 'events are never changed'); end;

  create trigger event_is_never_deleted before delete on event
  begin select raise(abort, 'events are never deleted'); end;

  create table observation_window (
    id integer primary key autoincrement,
    instance text not null,
    service text not null,
    implementation text not null,
    start_ms real not null,
    end_ms real not null,
    slot_ms integer not null,
    body text not null,
    unique (instance, service, implementation, start_ms)
  ) strict;
  create index observation_window_by_slot on observation_window (slot_ms, service, implementation);

  create table observation_roll_up (
    slot_ms integer not null,
    service text not null,
    implementation text not null,
    start_ms real not null,
    end_ms real not null,
    body text not null,
    primary key (slot_ms, service, implementation)
  ) strict, without rowid;

  -- Until where each instance's windows were rolled up: what it sends again from before that is known already.
  create table rolled_up_until (
    instance text not null,
    service text not null,
    implementation text not null,
    start_ms real not null,
    primary key (instance, service, implementation)
  ) strict, without rowid;

  -- The greatest id that was rolled up: a reader that stands before it starts anew.
  create table roll_up_watermark (one integer primary key check (one = 1), id integer not null) strict;
  insert into roll_up_watermark values (1, 0);
  `,
  `
  -- Who does the work that one does for all: from when, and for how long.
  create table leader (
    one integer primary key check (one = 1),
    instance text not null,
    since_ms real not null,
    ttl_ms real not null
  ) strict;
  insert into leader values (1, '', 0, 0);

  -- How many there were: a reader that has read some of the pages of everything must know whether there was another.
  alter table roll_up_watermark add column roll_ups integer not null default 0;
  `,
  `
  -- A log that its writers chain, such as an audit trail. Only the personal part of a row can be taken out again.
  create table record (
    sequence integer primary key,
    body text not null,
    hash text not null,
    personal text
  ) strict;

  -- Where it ends: a tail that is missing is missed.
  create table record_head (
    one integer primary key check (one = 1),
    sequence integer not null,
    hash text not null
  ) strict;
  insert into record_head values (1, 0, '');

  create trigger record_is_without_gap before insert on record
  when new.sequence is not (select sequence + 1 from record_head)
  begin select raise(abort, 'records are appended one after the other'); end;

  create trigger record_moves_head after insert on record
  begin update record_head set sequence = new.sequence, hash = new.hash; end;

  create trigger record_is_only_forgotten before update on record
  when new.sequence is not old.sequence or new.body is not old.body or new.hash is not old.hash
    or new.personal is not null
  begin select raise(abort, 'records are never changed'); end;

  create trigger record_is_never_deleted before delete on record
  begin select raise(abort, 'records are never deleted'); end;

  create trigger record_head_follows_records before update on record_head
  when not exists (
    select 1 from record
    where sequence = new.sequence and hash = new.hash and sequence = old.sequence + 1
  )
  begin select raise(abort, 'the head of the records follows the records'); end;

  create trigger record_head_is_never_deleted before delete on record_head
  begin select raise(abort, 'the head of the records is never deleted'); end;
  `,
]
