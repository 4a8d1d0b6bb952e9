# cmake -D FILES=... -D ROOT=... -D SYMBOL=... -D OUTPUT=... -P embed.cmake: writes the files as raw string literals.
set(rows "")
foreach(file IN LISTS FILES)
  file(READ "${file}" text)
  file(RELATIVE_PATH name "${ROOT}" "${file}")
  string(APPEND rows "    {\"${name}\", R\"matanai_embed(${text})matanai_embed\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"schema/types/embedded.hpp\"

// C++ asks of a compiler no more than 65536 characters in a literal; ours take the words of a language.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace matanai::embedded {
namespace {
constexpr File kFiles[] = {
${rows}};
}
std::span<const File> ${SYMBOL}() { return kFiles; }
}  // namespace matanai::embedded
")
