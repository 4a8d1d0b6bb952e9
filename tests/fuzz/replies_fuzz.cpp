// What printers send back, from a wire that may bring anything: read the same however the bytes are
// cut, and understood again within eight bytes after any noise. The first byte chooses the protocol
// and what was asked.
#include <algorithm>
#include <memory>

#include "printer/protocol/escpos_status.hpp"
#include "printer/protocol/starprnt_status.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai::printer {
namespace {

using fuzz::must;

std::unique_ptr<ReplyReader> make_reader(std::uint8_t choice) {
  auto reader = (choice & 1) != 0 ? make_starprnt_reader() : make_escpos_reader();
  Question question;
  if ((choice & 2) != 0)
    question.answers = {Asked::printer, Asked::offline_cause, Asked::error_cause, Asked::paper};
  if ((choice & 4) != 0) question.answers.push_back(Asked::notice);
  if ((choice & 8) != 0)
    question.answers.insert(question.answers.end(), {Asked::maker, Asked::model, Asked::firmware});
  reader->expect(question);
  return reader;
}

bool is_same(const Reply& a, const Reply& b) {
  if (a.index() != b.index()) return false;
  if (const auto* flags = std::get_if<reply::Flags>(&a))
    return flags->flags == std::get<reply::Flags>(b).flags;
  if (const auto* confirmed = std::get_if<reply::Confirmed>(&a))
    return confirmed->id == std::get<reply::Confirmed>(b).id;
  if (const auto* identity = std::get_if<reply::Identity>(&a))
    return identity->text == std::get<reply::Identity>(b).text;
  return true;
}

// Paper out and nothing else, by notice.
Bytes notice(std::uint8_t choice) {
  if ((choice & 1) != 0) return {0x0F, 0x06, 0x20, 0x00, 0x00, 0x08, 0x00};
  return {0x18, 0x00, 0x0C, 0x0F};
}

void must_be_in_step(ReplyReader& reader, std::uint8_t choice) {
  const auto bytes = notice(choice);
  std::size_t fed = 0;
  for (int round = 0; round < 8; ++round) {
    for (const auto byte : bytes) {
      ++fed;
      for (const auto& reply : reader.feed(std::span(&byte, 1))) {
        const auto* flags = std::get_if<reply::Flags>(&reply);
        if (flags != nullptr && flags->flags.is_paper_out) {
          must(fed <= 8 + bytes.size(), "in step again within eight bytes");
          return;
        }
      }
    }
  }
  must(false, "in step again at all");
}

}  // namespace
}  // namespace matanai::printer

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai::printer;
  if (size == 0) return 0;
  const std::span bytes(data + 1, size - 1);
  auto whole = make_reader(*data);
  const auto replies = whole->feed(bytes);
  auto cut = make_reader(*data);
  std::vector<Reply> again;
  for (const auto& byte : bytes) {
    for (auto& reply : cut->feed(std::span(&byte, 1))) again.push_back(std::move(reply));
  }
  matanai::fuzz::must(std::ranges::equal(replies, again, is_same), "the same in any packets");
  matanai::fuzz::must(whole->noise() == cut->noise() && whole->noise() <= bytes.size(),
                      "noise is counted once");
  must_be_in_step(*whole, *data);
  return 0;
}
