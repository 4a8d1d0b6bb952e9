#include "server/http/logs.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/ostream_sink.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <sstream>

#include "schema/types/text.hpp"

namespace matanai::http {
namespace {

LogOptions into(std::ostringstream& out, bool is_json) {
  return {"test", is_json, 8192,
          [&out] { return std::make_shared<spdlog::sinks::ostream_sink_mt>(out); }};
}

TEST(Logs, EveryMessageIsOneLineOfJson) {
  std::string control;
  for (char c = 0; c < 0x20; ++c) control += c;
  const std::vector<std::string> messages = {"plain",
                                             "a \"quoted\" word and a \\ backslash",
                                             "two\nlines\r\nand a tab\t",
                                             control + "\x7f",
                                             "invalid \xff\xfe \xc3\x28 \xed\xa0\x80 UTF-8",
                                             "小倉北区 𠮷田",
                                             "{} {0} %v %n",
                                             R"({"level":"info"})",
                                             "",
                                             std::string(100'000, '"')};
  std::ostringstream out;
  {
    const Logs logs(into(out, true));
    for (const auto& message : messages) spdlog::warn("{}", message);
  }
  std::istringstream lines(out.str());
  std::string line;
  for (const auto& message : messages) {
    ASSERT_TRUE(std::getline(lines, line)) << message;
    ASSERT_TRUE(is_valid_utf8(line)) << message;
    const auto object = boost::json::parse(line).as_object();
    EXPECT_EQ(object.at("text").as_string(), to_valid_utf8(message));
    EXPECT_EQ(object.at("level").as_string(), "warning");
    EXPECT_EQ(object.at("time").as_string().size(), 24U);
  }
  EXPECT_FALSE(std::getline(lines, line)) << line;
}

TEST(Logs, AccessLinesStayAsTheyAre) {
  std::ostringstream out;
  {
    const Logs logs(into(out, true));
    spdlog::get("access")->info(R"({"path":"/"})");
  }
  EXPECT_EQ(out.str(), "{\"path\":\"/\"}\n");
}

TEST(Logs, EverythingIsWrittenAtTheEnd) {
  std::ostringstream out;
  {
    const Logs logs(into(out, false));
    for (int i = 0; i < 1000; ++i) spdlog::info("line {}.", i);
  }
  EXPECT_NE(out.str().find("line 0."), std::string::npos);
  EXPECT_NE(out.str().find("line 999."), std::string::npos);
}

// Writes nothing until it is let.
class StuckSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  void let() {
    const std::lock_guard lock(gate_);
    is_open_ = true;
    opened_.notify_all();
  }
  std::vector<std::string> lines;

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::unique_lock lock(gate_);
    opened_.wait(lock, [this] { return is_open_; });
    lines.emplace_back(message.payload.data(), message.payload.size());
  }
  void flush_() override {}
  std::mutex gate_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

TEST(Logs, AReaderThatHangsHoldsNobodyUp) {
  const auto sink = std::make_shared<StuckSink>();
  {
    const Logs logs({"test", false, 16, [sink] { return sink; }});
    for (int i = 0; i < 1000; ++i) spdlog::info("{}", i);  // would hang here
    sink->let();
  }
  ASSERT_GE(sink->lines.size(), 2U);
  EXPECT_LE(sink->lines.size(), 20U);
  const auto& last = sink->lines.back();
  EXPECT_NE(last.find("lines of the log were lost"), std::string::npos) << last;
  EXPECT_EQ(sink->lines[sink->lines.size() - 2], "999") << "the newest are kept";
}

}  // namespace
}  // namespace matanai::http
