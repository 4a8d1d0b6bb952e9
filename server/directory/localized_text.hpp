// A text of the reference data in the six languages. Value, any thread.
#pragma once

#include <array>
#include <string>
#include <utility>

#include "schema/types/locale.hpp"

namespace matanai::directory {

inline constexpr std::array kLocales = {Locale::ja,      Locale::ja_x_easy, Locale::en,
                                        Locale::zh_Hans, Locale::ko,        Locale::vi};

class LocalizedText {
 public:
  LocalizedText() = default;
  // The same key of schema/words in every language.
  static LocalizedText from_words(std::string_view key) {
    LocalizedText text;
    for (const auto locale : kLocales) text.set(locale, words(locale, key));
    return text;
  }

  void set(Locale locale, std::string text) {
    texts_[static_cast<std::size_t>(locale)] = std::move(text);
  }
  // The text in `locale`, else: ja-x-easy → ja, others → en → ja. Empty when there is none at all.
  const std::string& in(Locale locale) const {
    const auto& own = exactly(locale);
    if (!own.empty()) return own;
    const auto& english = exactly(Locale::en);
    const bool is_japanese = locale == Locale::ja || locale == Locale::ja_x_easy;
    return is_japanese || english.empty() ? exactly(Locale::ja) : english;
  }
  // Without fallback; empty when missing.
  const std::string& exactly(Locale locale) const {
    return texts_[static_cast<std::size_t>(locale)];
  }
  bool is_empty() const {
    for (const auto& text : texts_) {
      if (!text.empty()) return false;
    }
    return true;
  }
  bool operator==(const LocalizedText&) const = default;

 private:
  std::array<std::string, kLocales.size()> texts_;
};

}  // namespace matanai::directory
