#include "server/queue/station/station.hpp"

namespace matanai::queue {

StationTotals run_station(const StationModel& model, std::uint64_t seed,
                          std::uint64_t replication) {
  NoWatcher nobody;
  return Station<>(model, nobody).run(seed, replication);
}

}  // namespace matanai::queue
