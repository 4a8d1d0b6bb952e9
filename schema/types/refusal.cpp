#include "schema/types/refusal.hpp"

#include <stdexcept>

namespace matanai {
namespace {
constexpr RefusalEntry kCatalogue[] = {
#define MATANAI_REFUSAL(name, status) {RefusalCode::name, #name, status},
#include "schema/types/refusals.inc"
#undef MATANAI_REFUSAL
};
}  // namespace

std::span<const RefusalEntry> refusal_catalogue() { return kCatalogue; }

const RefusalEntry& entry_of(RefusalCode code) {
  return kCatalogue[static_cast<std::size_t>(code)];
}

void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where) {
  throw std::logic_error("unchecked refusal " + std::string(entry_of(refusal.code).name) + " at " +
                         where.to_string());
}

}  // namespace matanai
