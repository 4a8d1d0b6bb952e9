#include "printer/protocol/dialect.hpp"

#include <gtest/gtest.h>

#include <set>

#include "printer/job/confirmation.hpp"
#include "printer/protocol/models.hpp"
#include "tests/unit/printer/replies.hpp"

namespace matanai::printer {
namespace {

// The bytes with which a printer answers this request.
Bytes answer_to(ConfirmMethod method, const Bytes& request) {
  if (method == ConfirmMethod::epson_process_id) {
    Bytes out = {0x37, 0x22};
    out.insert(out.end(), request.end() - 4, request.end());
    out.push_back(0);
    return out;
  }
  if (method == ConfirmMethod::star_print_end) {
    auto out = request;
    out.push_back(0x2A);  // its own counter
    out.push_back(0);
    return out;
  }
  if (method == ConfirmMethod::sii_execution)
    return {static_cast<std::uint8_t>(0x80 + request.back())};
  return {0x00};
}

TEST(Dialect, EveryConfirmRequestIsRecognisedInItsAnswer) {
  for (const auto protocol : {Protocol::escpos, Protocol::starprnt}) {
    const auto& dialect = dialect_for(protocol);
    EXPECT_EQ(dialect.protocol(), protocol);
    for (const auto method : dialect.confirm_methods()) {
      for (ProcessId id : {0u, 7u, 95u, 0xFFFFu, 0xFFFF'FFFFu}) {
        Confirmation confirmation(method, id);
        const auto reader = dialect.make_reader();
        EXPECT_FALSE(confirmation.has(Mark::begun));
        for (const auto mark : {Mark::begun, Mark::image, Mark::cut}) {
          const auto bytes = answer_to(method, confirmation.request(dialect, mark));
          const auto replies = reader->feed(bytes);
          for (const auto& one : all<reply::Confirmed>(replies)) confirmation.take(one);
          for (const auto& one : all<reply::Sensor>(replies)) confirmation.take(one);
          EXPECT_TRUE(confirmation.has(mark))
              << boost::describe::enum_to_string(method, "?") << ' ' << id;
          EXPECT_EQ(confirmation.has(Mark::cut), mark == Mark::cut);
          EXPECT_FALSE(confirmation.has(Mark::end));
        }
      }
    }
  }
}

TEST(Dialect, AnswersToAnotherTicketAreNotTaken) {
  Confirmation confirmation(ConfirmMethod::epson_process_id, 100);
  confirmation.take(reply::Confirmed{ConfirmMethod::epson_process_id, 99});
  confirmation.take(reply::Confirmed{ConfirmMethod::sii_execution, 4});
  confirmation.take(reply::Sensor{});
  EXPECT_FALSE(confirmation.has(Mark::begun));
}

TEST(Dialect, TheLastMarkSaysNothingAboutTheTicket) {
  Confirmation confirmation(ConfirmMethod::epson_process_id, 100);
  confirmation.take(reply::Confirmed{ConfirmMethod::epson_process_id, 103});
  EXPECT_TRUE(confirmation.has(Mark::end));
  EXPECT_FALSE(confirmation.has(Mark::begun));
}

TEST(Dialect, StarMarksAreNeverTheOneOfClearing) {
  for (ProcessId id = 0xFFF0; id < 0x1'0010; ++id)
    EXPECT_NE(carried_by(ConfirmMethod::star_print_end, id), 0xFFFFu);
}

TEST(Models, EveryCellHasItsSource) {
  for (const auto& one : models()) {
    for (const auto source :
         {one.protocol.source, one.dpi.source, one.dots.source, one.dots_58_mm.source,
          one.confirm.source, one.raster.source, one.doubles.source, one.places.source,
          one.band_limit.source, one.mm_per_s.source, one.has_cutter.source,
          one.has_near_end_sensor.source, one.has_kanji.source}) {
      EXPECT_GT(source.size(), 10u) << one.name;
    }
    EXPECT_LE(one.band_limit.value, kBandLimit) << one.name;
    EXPECT_GT(one.dots.value, 0) << one.name;
    EXPECT_LT(one.dots_58_mm.value, 440) << one.name;
  }
}

TEST(Models, ProbeOnlyWhatTheirProtocolKnows) {
  for (const auto& one : models()) {
    const auto known = dialect_for(one.protocol.value).confirm_methods();
    ASSERT_FALSE(one.confirm.value.empty()) << one.name;
    for (const auto method : one.confirm.value)
      EXPECT_NE(std::ranges::find(known, method), known.end()) << one.name;
  }
}

TEST(Models, AreFoundByWhatThePrinterSaysOfItself) {
  const std::vector<std::tuple<const char*, const char*, const char*>> cases = {
      {"EPSON", "TM-T88VII", "TM-T88VII"}, {"EPSON", "TM-T88VI", "TM-T88VI"},
      {"EPSON", "TM-T88V", "TM-T88V"},     {"EPSON", "TM-T20III", "TM-T20"},
      {"EPSON", "TM-m30III", "TM-m30"},    {"epson", "eu-m30", "EU-m30"},
      {"CITIZEN", "CT-S651II", "CT-S651"}, {"", "TSP654II Ver2.0", "TSP650"},
      {"SII", "RP-F10", "RP-F10"},
  };
  for (const auto& [maker, model, name] : cases) {
    const auto* found = find_model(maker, model);
    ASSERT_NE(found, nullptr) << model;
    EXPECT_EQ(found->name, name);
  }
  EXPECT_EQ(find_model("EPSON", "TM-U220"), nullptr);
  EXPECT_EQ(find_model("STAR", "TM-T88V"), nullptr);
  std::set<std::string_view> names;
  for (const auto& one : models()) {
    EXPECT_TRUE(names.insert(one.name).second) << one.name;
    EXPECT_EQ(model_named(one.name), &one);
  }
  EXPECT_EQ(model_named("none"), nullptr);
}

}  // namespace
}  // namespace matanai::printer
