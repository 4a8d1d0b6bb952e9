#include "server/twin/table.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matanai::twin {
namespace {

TEST(Table, PutsWordsLeftAndNumbersRight) {
  Table table({"rule", "wait"});
  table.add({"slack", "4.5"});
  table.add({"first come", "13.25"});
  EXPECT_EQ(table.text(),
            "rule         wait\n"
            "----------  -----\n"
            "slack         4.5\n"
            "first come  13.25\n");
}

TEST(Table, CountsWideCharactersTwice) {
  EXPECT_EQ(columns_of("窓口"), 4U);
  EXPECT_EQ(columns_of("±5 é"), 4U);
  Table table({"", "n"});
  table.add({"窓口", "1"});
  table.add({"abcd", "–"});
  EXPECT_EQ(table.text(), "      n\n----  -\n窓口  1\nabcd  –\n");
}

TEST(Table, ARowOfAnotherWidthIsABug) {
  Table table({"a", "b"});
  EXPECT_THROW(table.add({"1"}), std::logic_error);
}

TEST(Numbers, AreShownWithTheirDigits) {
  EXPECT_EQ(shown(2.345, 1), "2.3");
  EXPECT_EQ(shown(std::nan(""), 1), "–");
}

}  // namespace
}  // namespace matanai::twin
