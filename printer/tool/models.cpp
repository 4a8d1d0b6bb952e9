// matanai-print models: the table of printers, each cell with its source.
#include "printer/protocol/models.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <string>
#include <type_traits>

#include "printer/tool/commands.hpp"
#include "printer/tool/files.hpp"

namespace matanai::printer::tool {

namespace {

std::string text_of(Protocol protocol) { return boost::describe::enum_to_string(protocol, "?"); }
std::string text_of(RasterCommand raster) {
  return raster == RasterCommand::gs_8_l ? "gs_8_l" : "gs_v_0";
}
std::string text_of(bool is_so) { return is_so ? "yes" : "no"; }
template <class Number>
std::string text_of(Number number)
  requires std::is_integral_v<Number>
{
  return std::to_string(number);
}
std::string text_of(std::span<const ConfirmMethod> methods) {
  std::string text;
  for (const auto method : methods) {
    if (!text.empty()) text += ", ";
    text += boost::describe::enum_to_string(method, "?");
  }
  return text;
}

boost::json::value json_of(bool is_so) { return is_so; }
boost::json::value json_of(std::span<const ConfirmMethod> methods) {
  boost::json::array names;
  for (const auto method : methods) names.emplace_back(boost::describe::enum_to_string(method, ""));
  return names;
}
template <class T>
boost::json::value json_of(const T& value) {
  if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else
    return boost::json::value(text_of(value));
}

// Calls visit(name, fact) for every cell but the names.
template <class Visit>
void each_fact(const Model& model, Visit visit) {
  visit("protocol", model.protocol);
  visit("dpi", model.dpi);
  visit("dots", model.dots);
  visit("dots_58_mm", model.dots_58_mm);
  visit("confirm", model.confirm);
  visit("raster", model.raster);
  visit("doubles", model.doubles);
  visit("places", model.places);
  visit("band_limit", model.band_limit);
  visit("mm_per_s", model.mm_per_s);
  visit("has_cutter", model.has_cutter);
  visit("has_near_end_sensor", model.has_near_end_sensor);
  visit("has_kanji", model.has_kanji);
}

void print_json() {
  boost::json::array list;
  for (const auto& model : printer::models()) {
    boost::json::object entry{{"name", model.name}, {"maker", model.maker}};
    each_fact(model, [&](const char* name, const auto& fact) {
      entry[name] = {{"value", json_of(fact.value)}, {"source", fact.source}};
    });
    list.emplace_back(std::move(entry));
  }
  write_all("-", boost::json::serialize(list) + "\n");
}

void print_text() {
  std::string text;
  for (const auto& model : printer::models()) {
    text += std::string(model.name) + " (" + std::string(model.maker) + ")\n";
    each_fact(model, [&](const char* name, const auto& fact) {
      auto line = "  " + std::string(name) + " ";
      line.resize(std::max<std::size_t>(line.size(), 22), ' ');
      line += text_of(fact.value);
      line.resize(std::max<std::size_t>(line.size() + 1, 40), ' ');
      text += line + "[" + std::string(fact.source) + "]\n";
    });
  }
  write_all("-", text);
}

}  // namespace

int models(bool is_json) {
  if (is_json)
    print_json();
  else
    print_text();
  return kDone;
}

}  // namespace matanai::printer::tool
