#include "server/db/durable_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "server/db/server_key.hpp"
#include "tests/unit/db/support.hpp"

namespace matanai::db {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

mode_t mode_of(const fs::path& file) {
  struct stat info{};
  return ::stat(file.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

class DurableFile : public testing::Test {
 protected:
  Folder folder_;
  fs::path file_ = folder_.path() / "secret";
};

TEST_F(DurableFile, HasTheBytesAndTheModeWhateverTheUmask) {
  const auto before = ::umask(0);
  write_durably(file_, std::string("a\0b", 3));
  write_durably(folder_.path() / "open", "x", 0644);
  ::umask(0777);
  write_durably(folder_.path() / "masked", "x");
  ::umask(before);
  EXPECT_EQ(read(file_), std::string("a\0b", 3));
  EXPECT_EQ(mode_of(file_), 0600U);
  EXPECT_EQ(mode_of(folder_.path() / "open"), 0644U);
  EXPECT_EQ(mode_of(folder_.path() / "masked"), 0600U);
}

TEST_F(DurableFile, ReplacesTheOldOneAndLeavesNothingBeside) {
  write_durably(file_, "a longer text");
  write_durably(file_, "new");
  EXPECT_EQ(read(file_), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(DurableFile, AHalfWrittenOneOfADeadRunIsOverwritten) {
  std::ofstream(file_.string() + ".new") << "half of something longer";
  fs::permissions(file_.string() + ".new", fs::perms::all);
  write_durably(file_, "new");
  EXPECT_EQ(read(file_), "new");
  EXPECT_EQ(mode_of(file_), 0600U);
}

TEST_F(DurableFile, WhatFailsIsSaidAndTheOldFileStays) {
  write_durably(file_, "old");
  fs::create_directory(file_.string() + ".new");
  EXPECT_THROW(write_durably(file_, "new"), std::runtime_error);
  EXPECT_EQ(read(file_), "old");
  EXPECT_THROW(write_durably(folder_.path() / "none" / "x", "new"), std::runtime_error);
}

TEST_F(DurableFile, IsRemovedOnce) {
  write_durably(file_, "x");
  remove_durably(file_);
  EXPECT_FALSE(fs::exists(file_));
  EXPECT_NO_THROW(remove_durably(file_));
}

TEST_F(DurableFile, TheServersKeyIsMadeOnceAndNeverReplaced) {
  const auto key = load_server_key(file_);
  EXPECT_EQ(mode_of(file_), 0600U);
  EXPECT_EQ(load_server_key(file_).bytes, key.bytes);
  fs::permissions(file_, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THROW(load_server_key(file_), std::runtime_error);
  write_durably(file_, "short");
  EXPECT_THROW(load_server_key(file_), std::runtime_error);
  EXPECT_EQ(read(file_), "short");
  remove_durably(file_);
  fs::create_symlink(file_, file_);  // there, but it cannot be opened
  EXPECT_THROW(load_server_key(file_), std::runtime_error);
  EXPECT_TRUE(fs::is_symlink(file_));
}

}  // namespace
}  // namespace matanai::db
