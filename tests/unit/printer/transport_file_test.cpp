#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "printer/transport/posix/file.hpp"
#include "transport_support.hpp"

namespace matanai::printer {
namespace {

using namespace testing_support;
namespace fs = std::filesystem;
using testing::UnorderedElementsAre;

class TicketFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "tickets-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override {
    wire_.reset();
    fs::remove_all(folder_);
  }
  ErrorCode open(const std::string& path) {
    wire_ = std::make_unique<FileTransport>(loop_.executor(), path);
    return loop_.run(wire_->open(kLong));
  }
  void print(const Bytes& bytes) {
    ASSERT_FALSE(loop_.run(wire_->write(bytes, kLong)).error);
    ASSERT_FALSE(loop_.run(wire_->finish(kLong)));
  }
  Bytes content(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder_))
      all.push_back(entry.path().filename().string());
    return all;
  }

  Loop loop_;
  fs::path folder_;
  std::unique_ptr<FileTransport> wire_;
};

TEST_F(TicketFile, HasAWholeTicketUnderItsNameOrNone) {
  ASSERT_FALSE(open(folder_ / "t.bin"));
  const auto bytes = ticket();
  ASSERT_FALSE(loop_.run(wire_->write(bytes, kLong)).error);
  EXPECT_FALSE(fs::exists(folder_ / "t.bin"));
  ASSERT_FALSE(loop_.run(wire_->finish(kLong)));
  EXPECT_TRUE(content("t.bin") == bytes);
  EXPECT_THAT(names(), UnorderedElementsAre("t.bin"));
}

TEST_F(TicketFile, ReplacesTheTicketBefore) {
  ASSERT_FALSE(open(folder_ / "t.bin"));
  print(text("first ticket"));
  print(text("second"));
  EXPECT_EQ(content("t.bin"), text("second"));
}

TEST_F(TicketFile, NumbersTicketsInAFolder) {
  std::ofstream(folder_ / "0001.bin") << "from yesterday";
  ASSERT_FALSE(open(folder_.string() + "/"));
  print(text("a"));
  print(text("b"));
  EXPECT_THAT(names(), UnorderedElementsAre("0001.bin", "0002.bin", "0003.bin"));
  EXPECT_EQ(content("0003.bin"), text("b"));
}

TEST_F(TicketFile, LeavesNothingOfATicketThatWasNotFinished) {
  ASSERT_FALSE(open(folder_ / "t.bin"));
  ASSERT_FALSE(loop_.run(wire_->write(text("half"), kLong)).error);
  wire_.reset();
  EXPECT_TRUE(names().empty());
}

TEST_F(TicketFile, FinishesNothingWithoutATicket) {
  ASSERT_FALSE(open(folder_ / "t.bin"));
  EXPECT_FALSE(loop_.run(wire_->finish(kLong)));
  EXPECT_TRUE(names().empty());
}

TEST_F(TicketFile, BringsNoAnswers) {
  ASSERT_FALSE(open(folder_ / "t.bin"));
  EXPECT_FALSE(wire_->is_two_way());
  Bytes buffer(16);
  EXPECT_EQ(loop_.run(wire_->read(buffer)).error, asio::error::operation_not_supported);
}

TEST_F(TicketFile, NeedsItsFolder) {
  EXPECT_EQ(open(folder_ / "absent" / "t.bin"), boost::system::errc::no_such_file_or_directory);
  EXPECT_FALSE(wire_->is_open());
}

TEST_F(TicketFile, ReportsAFullDisk) {
  fs::create_symlink("/dev/full", folder_ / "t.bin.part");
  ASSERT_FALSE(open(folder_ / "t.bin"));
  const auto result = loop_.run(wire_->write(ticket(), kLong));
  EXPECT_EQ(result.error, boost::system::errc::no_space_on_device);
  EXPECT_EQ(result.accepted, 0U);
}

}  // namespace
}  // namespace matanai::printer
