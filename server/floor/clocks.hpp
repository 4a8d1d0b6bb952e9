// The clocks of each ticket, derived from the day's events and nothing else: wait, delay of a
// reservation, way, service (definitions: product.md §5). Pure, any thread.
#pragma once

#include <span>
#include <vector>

#include "schema/types/messages_floor.hpp"

namespace matanai::floor {

struct TicketFacts {  // what the issuing event's ticket says
  std::string id;
  GroupId group;
  std::optional<Instant> reserved_for;
};

// `events` are one office's, oldest first; undone steps do not count. Tickets in order of issue.
std::vector<TicketClocks> clocks_of(std::span<const FloorEvent> events,
                                    std::span<const TicketFacts> tickets);

}  // namespace matanai::floor
