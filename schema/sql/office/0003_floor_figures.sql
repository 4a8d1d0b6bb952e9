-- The day's figures and calls without reading the day's rows: a clerk's press must not grow slower until closing time.
CREATE INDEX leg_served ON leg (office, day, window, finished_at, started_at) WHERE state = 'finished';
CREATE INDEX leg_calls ON leg (office, day, call_seq) WHERE call_seq IS NOT NULL;
CREATE INDEX leg_latest ON leg (office, day, grp, call_seq, number) WHERE call_seq IS NOT NULL;
