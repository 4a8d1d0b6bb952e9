-- held_from stays on a reservation without contact, and on it when cancelled, for a day: such bookings count like holds in
-- a network's share of a day. The sweep erases it by this index.
CREATE INDEX reservation_booked_from ON reservation (booked_at) WHERE held_from IS NOT NULL;
