// The six languages of the product and their words. Words are keyed sentences of
// schema/words/<locale>.json with {name} places; C++ uses them for problem documents, server pages
// and paper. Read-only after start, any thread.
#pragma once

#include <boost/describe.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace matanai {

enum class Locale { ja, ja_x_easy, en, zh_Hans, ko, vi };

// BCP 47: "ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi".
std::string_view tag_of(Locale locale);
// Exact tag (case-insensitive), else its language, else `fallback`.
Locale locale_from_tag(std::string_view tag, Locale fallback = Locale::ja);
// The best of an Accept-Language header, by q.
Locale locale_from_accept_language(std::string_view header, Locale fallback = Locale::ja);

using WordValues = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The sentence of `key` with its {places} filled. A key that `locale` lacks is taken from ja-x-easy
// → ja, others → en → ja. A key that no locale has comes back as the key itself (a unit test keeps
// that from shipping).
std::string words(Locale locale, std::string_view key, WordValues values = {});
bool has_words(Locale locale, std::string_view key);

// "10〜20", "10–20"; "20" when both are the same. The place {range} of wait.range and its like.
std::string range_text(Locale locale, int low, int high);

}  // namespace matanai
