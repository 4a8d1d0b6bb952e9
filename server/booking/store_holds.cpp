// SQL of who holds what.
#include "server/booking/store.hpp"

namespace matanai::booking::store {
namespace {

constexpr std::string_view kSetHeldFrom = R"(
UPDATE reservation
SET held_from = ?2
WHERE id = ?1 AND state = 'held')";

constexpr std::string_view kHeldFrom = R"(
SELECT count(*), COALESCE(SUM(end_ms - start_ms), 0)
FROM reservation
WHERE held_from = ?1 AND office = ?2 AND grp = ?3 AND day = ?4 AND has_place = 1
  AND (release_at IS NULL OR release_at > ?5) AND (booked_at IS NULL OR booked_at > ?6))";

constexpr std::string_view kForgetNetworks = R"(
UPDATE reservation
SET held_from = NULL
WHERE id IN (
  SELECT id
  FROM reservation
  WHERE held_from IS NOT NULL AND booked_at <= ?1
  LIMIT ?2))";

}  // namespace

void set_held_from(db::Transaction& tx, const ReservationId& id, std::string_view network) {
  tx.run(kSetHeldFrom, id, network);
}

HeldPlaces held_from(db::Transaction& tx, std::string_view network, const Slot& slot, Instant now,
                     Instant booked_after) {
  return tx
      .first(
          kHeldFrom,
          [](const db::Row& row) {
            return HeldPlaces{static_cast<int>(row.integer(0)),
                              static_cast<int>(Millis(row.integer(1)) / directory::kSlotUnit)};
          },
          network, slot.office, slot.group, to_wire(slot.day), now, booked_after)
      .value_or(HeldPlaces{});
}

int forget_networks(db::Transaction& tx, Instant booked_until, int limit) {
  return static_cast<int>(tx.run(kForgetNetworks, booked_until, limit));
}

}  // namespace matanai::booking::store
