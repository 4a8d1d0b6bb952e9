-- Reference data that an operator edits; read as one snapshot. Texts in six languages are JSON objects by language tag.
-- Days are 'YYYY-MM-DD', times of day are minutes since local midnight, office '*' stands for all offices.
CREATE TABLE directory_office (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  lg_code TEXT NOT NULL,
  name TEXT NOT NULL,
  kana TEXT NOT NULL,
  postcode TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  place TEXT NOT NULL
) STRICT;

CREATE TABLE directory_group (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  examples TEXT NOT NULL,
  zone TEXT NOT NULL,
  spoken TEXT NOT NULL,
  is_reservations INTEGER NOT NULL CHECK (is_reservations IN (0, 1))
) STRICT;

CREATE TABLE directory_service (
  id TEXT PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES directory_group (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  examples TEXT NOT NULL,
  deadline TEXT NOT NULL,
  online_note TEXT NOT NULL,
  store_note TEXT NOT NULL,
  typical_minutes INTEGER NOT NULL CHECK (typical_minutes > 0),
  slot_minutes INTEGER NOT NULL CHECK (slot_minutes >= 0 AND slot_minutes % 15 = 0),
  is_reservable INTEGER NOT NULL CHECK (is_reservable IN (0, 1)),
  needs_national_system INTEGER NOT NULL CHECK (needs_national_system IN (0, 1))
) STRICT;

CREATE TABLE directory_bring_item (
  service_id TEXT NOT NULL REFERENCES directory_service (id),
  position INTEGER NOT NULL,
  item TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (service_id, position)
) STRICT;

CREATE TABLE directory_errand (
  id TEXT PRIMARY KEY,
  parent TEXT NOT NULL,
  position INTEGER NOT NULL,
  icon TEXT NOT NULL,
  label TEXT NOT NULL,
  hint TEXT NOT NULL,
  service_id TEXT REFERENCES directory_service (id)
) STRICT;

CREATE TABLE directory_window (
  office_id TEXT NOT NULL REFERENCES directory_office (id),
  number INTEGER NOT NULL,
  zone TEXT NOT NULL,
  floor TEXT NOT NULL,
  section TEXT NOT NULL,
  PRIMARY KEY (office_id, number)
) STRICT;

CREATE TABLE directory_window_group (
  office_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  group_id TEXT NOT NULL REFERENCES directory_group (id),
  PRIMARY KEY (office_id, number, position),
  FOREIGN KEY (office_id, number) REFERENCES directory_window (office_id, number)
) STRICT;

CREATE TABLE directory_hours (
  office TEXT NOT NULL,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  valid_from TEXT NOT NULL,
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  opens INTEGER NOT NULL,
  closes INTEGER NOT NULL,
  first_start INTEGER NOT NULL,
  last_start INTEGER NOT NULL,
  PRIMARY KEY (office, weekday, valid_from)
) STRICT;

CREATE TABLE directory_calendar (
  id INTEGER PRIMARY KEY,
  office TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'closed', 'special', 'extended', 'emergency')),
  opens INTEGER,
  closes INTEGER,
  first_start INTEGER,
  last_start INTEGER,
  name TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;

CREATE TABLE directory_slot (
  office_id TEXT NOT NULL REFERENCES directory_office (id),
  group_id TEXT NOT NULL REFERENCES directory_group (id),
  valid_from TEXT NOT NULL,
  from_time INTEGER NOT NULL,
  until_time INTEGER NOT NULL CHECK (until_time > from_time),
  web INTEGER NOT NULL,
  kiosk INTEGER NOT NULL CHECK (kiosk >= web),
  staff INTEGER NOT NULL CHECK (staff >= kiosk),
  PRIMARY KEY (office_id, group_id, valid_from, from_time)
) STRICT;

CREATE TABLE directory_setting (
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  group_id TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (name, office, group_id, valid_from)
) STRICT;
