#include "server/twin/promises.hpp"

#include <map>
#include <string>

#include "server/queue/day/estimator_promise.hpp"
#include "server/queue/day/plain_promise.hpp"
#include "server/queue/model/random.hpp"

namespace matanai::twin {
namespace {

const std::map<std::string, Promises>& names() {
  static const std::map<std::string, Promises> kNames{{"plain", Promises::plain},
                                                      {"estimator", Promises::estimator}};
  return kNames;
}

}  // namespace

std::string_view name_of(Promises promises) {
  return promises == Promises::plain ? "plain" : "estimator";
}

queue::Promise promise_by(Promises promises, const queue::OfficeModel& office, std::uint64_t seed) {
  if (promises == Promises::plain) return queue::plain_promise(office);
  // Streams of their own: an estimate must not know the luck of the day.
  return queue::estimator_promise(office, queue::Stream::mix(seed + 1));
}

void add_promises(CLI::App& command, Promises& promises) {
  command
      .add_option(
          "--promises", promises,
          "Who promises \"at the latest\": plain, a formula; estimator, as the product does, "
          "some 100 times slower")
      ->transform(CLI::CheckedTransformer(names()).description("plain|estimator"))
      ->default_str("plain");
}

}  // namespace matanai::twin
