-- The board tells kiosks which of their calls were dropped a moment ago, without reading the calls of years.
CREATE INDEX staff_call_dropped ON staff_call (office, dropped_at) WHERE dropped_at IS NOT NULL;
