// What the tests of the readers share.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "printer/protocol/dialect.hpp"

namespace matanai::printer {

template <class T>
std::vector<T> all(const std::vector<Reply>& replies) {
  std::vector<T> out;
  for (const auto& reply : replies) {
    if (const auto* one = std::get_if<T>(&reply)) out.push_back(*one);
  }
  return out;
}

template <class T>
std::size_t count(const std::vector<Reply>& replies) {
  return all<T>(replies).size();
}

inline PrinterFlags last_flags(const std::vector<Reply>& replies) {
  const auto flags = all<reply::Flags>(replies);
  EXPECT_FALSE(flags.empty());
  return flags.empty() ? PrinterFlags{.has_other_error = true} : flags.back().flags;
}

inline std::vector<Reply> feed_in_packets(ReplyReader& reader, const Bytes& stream,
                                          std::size_t packet) {
  std::vector<Reply> replies;
  for (std::size_t at = 0; at < stream.size(); at += packet) {
    const auto size = std::min(packet, stream.size() - at);
    for (auto& reply : reader.feed(std::span(stream).subspan(at, size))) replies.push_back(reply);
  }
  return replies;
}

// Feeds `rounds` random byte strings, each followed by `notice` again and again, and counts the
// bytes of it that are lost before a whole one is read again: never more than 8.
inline void expect_resync(Protocol protocol, const Bytes& notice, int rounds, unsigned seed) {
  std::mt19937 random(seed);
  const auto reader = dialect_for(protocol).make_reader();
  const auto clean = last_flags(dialect_for(protocol).make_reader()->feed(notice));
  std::size_t worst = 0;
  for (int round = 0; round < rounds; ++round) {
    if (round % 3 == 0) reader->reset();
    if (round % 5 == 0) reader->expect(dialect_for(protocol).ask_state());
    Bytes noise(random() % 40);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
    reader->feed(noise);
    std::size_t lost = 0;
    while (lost <= 8 * notice.size()) {
      const auto flags = all<reply::Flags>(reader->feed(notice));
      if (!flags.empty() && flags.back().flags == clean) break;
      lost += notice.size();
    }
    worst = std::max(worst, lost);
    ASSERT_LE(lost, 8u) << "round " << round;
  }
  testing::Test::RecordProperty("worst_loss_bytes", static_cast<int>(worst));
}

}  // namespace matanai::printer
