#include "schema/types/locale.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <vector>

#include "schema/types/embedded.hpp"

namespace matanai {
namespace {

struct LocaleEntry {
  Locale locale;
  std::string_view tag;
};
constexpr LocaleEntry kLocales[] = {{Locale::ja, "ja"}, {Locale::ja_x_easy, "ja-x-easy"},
                                    {Locale::en, "en"}, {Locale::zh_Hans, "zh-Hans"},
                                    {Locale::ko, "ko"}, {Locale::vi, "vi"}};

using Catalogue = std::map<std::string, std::string, std::less<>>;

std::map<Locale, Catalogue> load_catalogues() {
  std::map<Locale, Catalogue> catalogues;
  for (const auto& file : embedded::words()) {
    for (const auto& entry : kLocales) {
      if (file.name != "words/" + std::string(entry.tag) + ".json") continue;
      const auto document =
          boost::json::parse(boost::json::string_view(file.text.data(), file.text.size()));
      for (const auto& field : document.as_object()) {
        catalogues[entry.locale].emplace(field.key(), field.value().as_string());
      }
    }
  }
  return catalogues;
}

const std::string* find_words(Locale locale, std::string_view key) {
  static const auto catalogues = load_catalogues();
  const auto catalogue = catalogues.find(locale);
  if (catalogue == catalogues.end()) return nullptr;
  const auto found = catalogue->second.find(key);
  return found == catalogue->second.end() ? nullptr : &found->second;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

const LocaleEntry* find_locale(std::string_view tag) {
  const auto wanted = lower(tag);
  for (const auto& entry : kLocales) {
    if (lower(entry.tag) == wanted) return &entry;
  }
  const auto language = wanted.substr(0, wanted.find('-'));
  for (const auto& entry : kLocales) {
    if (lower(entry.tag).substr(0, entry.tag.find('-')) == language) return &entry;
  }
  return nullptr;
}

}  // namespace

std::string_view tag_of(Locale locale) { return kLocales[static_cast<std::size_t>(locale)].tag; }

Locale locale_from_tag(std::string_view tag, Locale fallback) {
  const auto* entry = find_locale(tag);
  return entry ? entry->locale : fallback;
}

Locale locale_from_accept_language(std::string_view header, Locale fallback) {
  Locale best = fallback;
  double best_quality = 0;
  while (!header.empty()) {
    const auto comma = header.find(',');
    const auto item = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    double quality = 1;
    if (const auto at = item.find(";q="); at != std::string_view::npos) {
      quality = std::strtod(std::string(item.substr(at + 3)).c_str(), nullptr);
    }
    const auto* entry = find_locale(trimmed(item.substr(0, item.find(';'))));
    if (entry && quality > best_quality) {
      best = entry->locale;
      best_quality = quality;
    }
  }
  return best;
}

bool has_words(Locale locale, std::string_view key) { return find_words(locale, key) != nullptr; }

std::string words(Locale locale, std::string_view key, WordValues values) {
  const std::string* sentence = find_words(locale, key);
  const bool is_japanese = locale == Locale::ja || locale == Locale::ja_x_easy;
  if (!sentence && !is_japanese) sentence = find_words(Locale::en, key);
  if (!sentence) sentence = find_words(Locale::ja, key);
  if (!sentence) return std::string(key);
  std::string out;
  std::string_view rest = *sentence;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    const auto close = open == std::string_view::npos ? open : rest.find('}', open);
    out += rest.substr(0, close == std::string_view::npos ? rest.size() : open);
    if (close == std::string_view::npos) break;
    const auto name = rest.substr(open + 1, close - open - 1);
    for (const auto& [place, value] : values) {
      if (place == name) out += value;
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string range_text(Locale locale, int low, int high) {
  if (low >= high) return std::to_string(high);
  return std::to_string(low) + words(locale, "wait.to") + std::to_string(high);
}

}  // namespace matanai
