#include <gmock/gmock.h>

#include <map>
#include <mutex>

#include "printer/transport/spooler.hpp"
#include "transport_support.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;
namespace errc = boost::system::errc;
using testing::ElementsAre;
using testing::IsEmpty;

// A queue whose printer takes documents only when the test says so.
class FakeQueue final : public SpoolQueue {
 public:
  ErrorCode open() override {
    const std::lock_guard wait(hang);
    ++opened;
    return open_error;
  }
  std::optional<PortStatus> status() override { return port; }
  ErrorCode begin(const std::string& document, std::uint32_t& job) override {
    log.push_back("begin " + document);
    job = ++last;
    jobs_[job] = {job, document, SpoolJob::State::waiting};
    return {};
  }
  WriteResult write(std::span<const std::uint8_t> bytes) override {
    if (left < bytes.size()) return {make_error_code(errc::io_error), std::exchange(left, 0)};
    left -= bytes.size();
    data.insert(data.end(), bytes.begin(), bytes.end());
    return {{}, bytes.size()};
  }
  ErrorCode end() override {
    log.push_back("end");
    jobs_[last].state = after_end;
    if (leaves) jobs_.erase(last);
    return {};
  }
  void abort() override { log.push_back("abort"); }
  std::optional<std::vector<SpoolJob>> jobs() override {
    if (!can_tell) return std::nullopt;
    std::vector<SpoolJob> all;
    for (const auto& [id, job] : jobs_) all.push_back(job);
    return all;
  }
  void remove(std::uint32_t job) override { log.push_back("remove " + std::to_string(job)); }
  void close() override { log.push_back("close"); }

  void add(SpoolJob job) { jobs_[job.id] = job; }

  std::mutex hang;
  int opened = 0;
  ErrorCode open_error;
  std::optional<PortStatus> port = PortStatus{};
  std::uint32_t last = 100;
  std::size_t left = SIZE_MAX;
  SpoolJob::State after_end = SpoolJob::State::waiting;
  bool leaves = true;
  bool can_tell = true;
  Bytes data;
  std::vector<std::string> log;

 private:
  std::map<std::uint32_t, SpoolJob> jobs_;
};

class Spooler : public testing::Test {
 protected:
  void open() { ASSERT_FALSE(loop_.run(wire_->open(kLong))); }
  WriteResult write(const Bytes& bytes) { return loop_.run(wire_->write(bytes, kLong)); }
  // Its thread has done everything after this.
  void end() { wire_.reset(); }

  Loop loop_;
  std::shared_ptr<FakeQueue> queue_ = std::make_shared<FakeQueue>();
  std::unique_ptr<SpoolerTransport> wire_ =
      std::make_unique<SpoolerTransport>(loop_.executor(), "TICKET", queue_);
};

TEST_F(Spooler, MakesOneDocumentOfEachTicket) {
  open();
  const auto bytes = ticket();
  ASSERT_FALSE(write(bytes).error);
  ASSERT_FALSE(loop_.run(wire_->finish(kLong)));
  EXPECT_TRUE(queue_->data == bytes);
  ASSERT_FALSE(write(text("second")).error);
  ASSERT_FALSE(loop_.run(wire_->finish(kLong)));
  end();
  EXPECT_THAT(queue_->log, ElementsAre("begin matanai ticket 1", "end", "begin matanai ticket 2",
                                       "end", "close"));
}

TEST_F(Spooler, BringsNoAnswers) {
  open();
  EXPECT_FALSE(wire_->is_two_way());
  Bytes buffer(16);
  EXPECT_EQ(loop_.run(wire_->read(buffer)).error, asio::error::operation_not_supported);
}

TEST_F(Spooler, RemovesItsDocumentsOfAnEarlierLifeAndNoOthers) {
  queue_->add({7, "matanai ticket 3", SpoolJob::State::waiting});
  queue_->add({8, "letter.doc", SpoolJob::State::waiting});
  open();
  EXPECT_THAT(queue_->log, ElementsAre("remove 7"));
}

TEST_F(Spooler, GivesNothingToAPrinterThatIsKnownToBeUnable) {
  open();
  queue_->port = PortStatus{.is_offline = true};
  auto result = write(text("x"));
  EXPECT_EQ(result.error, errc::not_connected);
  EXPECT_EQ(result.accepted, 0U);
  queue_->port = PortStatus{.is_paper_out = true};
  result = write(text("x"));
  EXPECT_EQ(result.error, errc::no_space_on_device);
  EXPECT_EQ(result.accepted, 0U);
  EXPECT_THAT(queue_->log, IsEmpty());
  EXPECT_EQ(loop_.run(wire_->port_status(kLong)), queue_->port);
}

TEST_F(Spooler, ReportsWhatTheQueueDidNotTake) {
  open();
  queue_->left = 20'000;
  const auto result = write(ticket());
  EXPECT_EQ(result.error, errc::io_error);
  EXPECT_EQ(result.accepted, 20'000U);
  end();
  EXPECT_THAT(queue_->log, ElementsAre("begin matanai ticket 1", "abort", "close"));
}

TEST_F(Spooler, TakesBackADocumentThatThePrinterDoesNotTake) {
  const std::pair<SpoolJob::State, ErrorCode> cases[] = {
      {SpoolJob::State::waiting, asio::error::timed_out},
      {SpoolJob::State::paper_out, make_error_code(errc::no_space_on_device)},
      {SpoolJob::State::failed, make_error_code(errc::io_error)},
  };
  open();
  queue_->leaves = false;
  for (const auto& [state, error] : cases) {
    queue_->log.clear();
    queue_->after_end = state;
    ASSERT_FALSE(write(text("x")).error);
    EXPECT_EQ(loop_.run(wire_->finish(kShort)), error);
    loop_.run(wire_->port_status(kLong));  // behind the removal
    ASSERT_EQ(queue_->log.size(), 3U);
    EXPECT_EQ(queue_->log.back(), "remove " + std::to_string(queue_->last));
  }
}

TEST_F(Spooler, TakesPrintedForSent) {
  open();
  queue_->leaves = false;
  queue_->after_end = SpoolJob::State::printed;
  ASSERT_FALSE(write(text("x")).error);
  EXPECT_FALSE(loop_.run(wire_->finish(kLong)));
}

TEST_F(Spooler, BelievesAQueueThatCannotTell) {
  open();
  queue_->leaves = false;
  queue_->can_tell = false;
  queue_->port = std::nullopt;
  ASSERT_FALSE(write(text("x")).error);
  EXPECT_FALSE(loop_.run(wire_->finish(kLong)));
  end();
  EXPECT_THAT(queue_->log, ElementsAre("begin matanai ticket 1", "end", "close"));
}

TEST_F(Spooler, TakesBackWhatWaitsWhenClosed) {
  open();
  queue_->leaves = false;
  ASSERT_FALSE(write(text("x")).error);
  const auto finish = loop_.start(wire_->finish(kLong));
  loop_.turn_until(
      [&] { return loop_.run(wire_->port_status(kLong)) && queue_->log.back() == "end"; });
  wire_->close();
  loop_.turn_until([&] { return finish->has_value(); });
  EXPECT_EQ(**finish, asio::error::operation_aborted);
  end();
  EXPECT_THAT(queue_->log, ElementsAre("begin matanai ticket 1", "end", "remove 101", "close"));
}

TEST_F(Spooler, DoesNotWaitForASystemThatHangs) {
  {
    const std::lock_guard hang(queue_->hang);
    EXPECT_EQ(loop_.run(wire_->open(kShort)), asio::error::timed_out);
    EXPECT_FALSE(wire_->is_open());
  }
  end();
  EXPECT_THAT(queue_->log, ElementsAre("close"));
}

}  // namespace
}  // namespace matanai::printer
