// The far end of a FakeWire as an Epson answers it.
#pragma once

#include <algorithm>
#include <functional>
#include <initializer_list>

#include "tests/unit/printer/fake_wire.hpp"

namespace matanai::printer {

// An Epson as far as the driver looks: it answers status, marks and clearing, and prints nothing.
struct FakeEpson {
  FakeEnd end;
  Bytes tail;  // the last bytes, to find commands in
  bool answers_status = true, answers_marks = true, answers_clear = true;
  bool has_identity = true;
  int marks = 0;         // of tickets, asked for since the last ESC @
  int mute_from = 1000;  // marks from this one on get no answer
  Bytes status = {0x12, 0x12, 0x12, 0x12};
  std::function<void(int)> on_mark;  // before it is answered

  FakeEpson() {
    end.answer = [this](std::uint8_t byte) { return take(byte); };
  }
  bool ends_with(std::initializer_list<int> command) const {
    if (tail.size() < command.size()) return false;
    return std::equal(command.begin(), command.end(),
                      tail.end() - static_cast<std::ptrdiff_t>(command.size()));
  }
  void trip(int n, std::uint8_t byte) { status[static_cast<std::size_t>(n - 1)] = byte; }
  Bytes notice() const {
    const bool is_out = (status[3] & 0x60) != 0, is_open = (status[1] & 0x04) != 0;
    const bool is_jammed = (status[2] & 0x08) != 0;
    return {static_cast<std::uint8_t>(0x10 | (is_open ? 0x20 : 0)),
            static_cast<std::uint8_t>(is_jammed ? 0x08 : 0),
            static_cast<std::uint8_t>(is_out ? 0x0C : 0), 0x00};
  }
  Bytes take(std::uint8_t byte) {
    tail.push_back(byte);
    if (tail.size() > 16) tail.erase(tail.begin());
    for (int n = 1; n <= 4; ++n) {
      if (ends_with({0x10, 0x04, n}))
        return answers_status ? Bytes{status[static_cast<std::size_t>(n - 1)]} : Bytes();
    }
    if (ends_with({0x1B, '@'})) marks = 0;
    if (ends_with({0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08}))
      return answers_clear ? Bytes{0x37, 0x25, 0x00} : Bytes();
    const bool is_mark = tail.size() >= 11 && tail[tail.size() - 11] == 0x1D &&
                         tail[tail.size() - 10] == '(' && tail[tail.size() - 9] == 'H';
    if (is_mark && has_identity) return answer_mark({tail.end() - 4, tail.end()});
    if (ends_with({0x1D, 'r', 1})) return answer_mark({});
    return {};
  }
  Bytes answer_mark(const Bytes& id) {
    ++marks;
    const auto before = notice();
    if (on_mark) on_mark(marks);
    Bytes out;
    if (notice() != before) out = notice();
    if (!answers_marks || marks >= mute_from) return out;
    if (id.empty()) {
      out.push_back(0);
      return out;
    }
    for (int byte : {0x37, 0x22}) out.push_back(static_cast<std::uint8_t>(byte));
    out.insert(out.end(), id.begin(), id.end());
    out.push_back(0);
    return out;
  }
};

}  // namespace matanai::printer
