-- What the sweep and the event log ask for, without reading whole tables.
CREATE INDEX expected_due ON expected (start_at) WHERE state = 'booked';
CREATE INDEX leg_left ON leg (day) WHERE state IN ('waiting', 'called', 'serving', 'absent', 'on_hold');
CREATE INDEX floor_event_office ON floor_event (office, seq);
