// A stranger's bytes as a request head: read the same however the network cuts them, and what was
// accepted is read the same when a proxy writes it anew.
#include <string>

#include "server/http/gate.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace matanai::http {
namespace {

using fuzz::must;

// 0: more is needed; a length; or the refusal's status, negative.
long outcome_of(const HeadScanner::Outcome& outcome) {
  if (const auto* length = std::get_if<std::size_t>(&outcome)) return static_cast<long>(*length);
  if (const auto* refused = std::get_if<HeadRefused>(&outcome)) return -refused->status;
  return 0;
}

long scan_in_pieces(std::string_view bytes, std::size_t step) {
  HeadScanner scanner;
  for (std::size_t end = 1; end < bytes.size(); end += step) {
    if (const auto outcome = outcome_of(scanner.scan(bytes.substr(0, end)))) return outcome;
  }
  return outcome_of(scanner.scan(bytes));
}

std::string written(const Head& head) {
  std::string text = std::string(head.method) + " " + std::string(head.target) + " HTTP/1." +
                     std::to_string(head.minor_version) + "\r\n";
  for (const auto& [name, value] : head.fields)
    text += std::string(name) + ": " + std::string(value) + "\r\n";
  return text + "\r\n";
}

void check_accepted(const Head& head) {
  must(head.target.starts_with('/') || head.target == "*", "the target is a path");
  must(!(head.is_chunked && head.content_length), "the body ends in one way only");
  must(head.fields.size() <= kFieldLimit && head.target.size() <= kTargetLimit, "limits");
  const auto again = written(head);
  const auto parsed = read_head(again);
  const auto* same = std::get_if<Head>(&parsed);
  must(same != nullptr, "what was accepted is accepted again");
  must(same->content_length == head.content_length && same->is_chunked == head.is_chunked &&
           same->keeps_alive == head.keeps_alive && same->fields == head.fields,
       "what was accepted is read the same again");
}

}  // namespace
}  // namespace matanai::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace matanai::http;
  const auto bytes = matanai::fuzz::text_of(data, size);
  HeadScanner scanner;
  const auto whole = outcome_of(scanner.scan(bytes));
  matanai::fuzz::must(scan_in_pieces(bytes, 1) == whole, "a cut changes nothing");
  matanai::fuzz::must(scan_in_pieces(bytes, 7) == whole, "a cut changes nothing");
  if (whole <= 0) return 0;
  const auto parsed = read_head(bytes.substr(0, static_cast<std::size_t>(whole)));
  if (const auto* head = std::get_if<Head>(&parsed)) check_accepted(*head);
  return 0;
}
