#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "server/twin/score.hpp"
#include "server/twin/table.hpp"

namespace matanai::twin {

boost::json::object json_of(const queue::Score& score) {
  boost::json::object object{{"n", score.n}};
  for (const auto& [name, accuracy] : score.estimators) {
    boost::json::object one{
        {"mae", accuracy.mae}, {"rmse", accuracy.rmse}, {"bias", accuracy.bias}};
    if (accuracy.coverage80) one["coverage80"] = *accuracy.coverage80;
    if (accuracy.width80) one["width80"] = *accuracy.width80;
    object[name] = std::move(one);
  }
  return object;
}

std::string table_of(const queue::Score& score) {
  Table table({"estimate", "MAE", "RMSE", "bias", "coverage of 80 %", "width"});
  for (const auto& [name, accuracy] : score.estimators)
    table.add({name, shown(accuracy.mae, 2), shown(accuracy.rmse, 2), shown(accuracy.bias, 2),
               accuracy.coverage80 ? shown(*accuracy.coverage80 * 100, 1) + " %" : "",
               accuracy.width80 ? shown(*accuracy.width80, 1) : ""});
  return table.text();
}

void print_score(const queue::Score& score, bool is_json) {
  fmt::print("{}", is_json ? boost::json::serialize(json_of(score)) + "\n" : table_of(score));
}

}  // namespace matanai::twin
