// What the load benchmark needs of the world: a server process of its own, keep-alive connections
// that cost as little as they can (the client shares the machine with the server), and figures as
// JSON lines. One thread.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace matanai::bench {

namespace asio = boost::asio;

// A matanai-server in demo mode without rate limits, on a free port, with a fresh data folder.
// Stopped by the destructor.
class ServerProcess {
 public:
  ServerProcess(const std::filesystem::path& program, std::filesystem::path data)
      : data_(std::move(data)) {
    std::filesystem::remove_all(data_);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl(program.c_str(), program.c_str(), "--data", data_.c_str(), "--port", "0", "--demo",
              "--unlimited", "--quiet", nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    wait_until_ready(ends[0]);
    ::close(ends[0]);
  }
  ~ServerProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    std::filesystem::remove_all(data_);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  std::string device_key(const std::string& name) const {
    return secret_of("device-keys.txt", name);
  }
  std::string first_password(const std::string& name) const {
    return secret_of("first-password.txt", name);
  }
  // Processor time it has used, all threads.
  double cpu_seconds() const { return cpu_seconds_of("/proc/" + std::to_string(pid_) + "/stat"); }
  static double own_cpu_seconds() { return cpu_seconds_of("/proc/self/stat"); }

 private:
  // The text after "name " in one of the server's private files.
  std::string secret_of(const char* file_name, const std::string& name) const {
    std::ifstream file(data_ / file_name);
    for (std::string id, secret; file >> id >> secret;) {
      if (id == name) return secret;
    }
    throw std::runtime_error(std::string(file_name) + " has no line of " + name);
  }
  void wait_until_ready(int pipe) {
    std::string text;
    char piece[256];
    const std::string_view mark = "ready http://127.0.0.1:";
    for (;;) {
      const auto at = text.find(mark);
      if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
        const char* first = text.data() + at + mark.size();
        std::from_chars(first, text.data() + text.size(), port_);
        return;
      }
      const auto count = ::read(pipe, piece, sizeof piece);
      if (count <= 0) throw std::runtime_error("the server did not start");
      text.append(piece, static_cast<std::size_t>(count));
    }
  }
  static double cpu_seconds_of(const std::string& file) {
    std::ifstream in(file);
    std::string skipped;
    for (int field = 1; field <= 13; ++field) in >> skipped;
    double user = 0, system = 0;
    in >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

  std::filesystem::path data_;
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

struct Reply {
  int status = 0;
  std::string_view head;  // until the next request
  std::string_view body;
};

// One keep-alive connection; one request at a time.
class Connection {
 public:
  Connection(asio::io_context& context, std::uint16_t port) : socket_(context) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(asio::ip::tcp::no_delay(true));
  }

  asio::awaitable<Reply> get(std::string_view target) {
    request_.assign("GET ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return exchange();
  }
  // `fields` are whole lines, each with its CRLF.
  asio::awaitable<Reply> post(std::string_view target, std::string_view fields,
                              std::string_view body) {
    request_.assign("POST ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    request_.append("Content-Type: application/json\r\nIdempotency-Key: ").append(next_key());
    request_.append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
    request_.append(fields).append("\r\n").append(body);
    return exchange();
  }

 private:
  static std::string next_key() {
    static std::uint64_t last = 0;
    return "load-bench-" + std::to_string(++last);
  }

  asio::awaitable<Reply> exchange() {
    co_await asio::async_write(socket_, asio::buffer(request_), asio::use_awaitable);
    answer_.clear();
    std::size_t head = std::string::npos, needed = 0;
    for (;;) {
      const auto size = answer_.size();
      answer_.resize(size + 8192);
      const auto count = co_await socket_.async_read_some(asio::buffer(answer_.data() + size, 8192),
                                                          asio::use_awaitable);
      answer_.resize(size + count);
      if (head == std::string::npos) {
        head = answer_.find("\r\n\r\n");
        if (head == std::string::npos) continue;
        needed = head + 4 + length_in(std::string_view(answer_).substr(0, head));
      }
      if (answer_.size() >= needed) break;
    }
    const std::string_view all = answer_;
    co_return Reply{std::stoi(answer_.substr(9, 3)), all.substr(0, head), all.substr(head + 4)};
  }
  static std::size_t length_in(std::string_view head) {
    constexpr std::string_view kName = "\r\nContent-Length: ";
    const auto at = head.find(kName);
    std::size_t length = 0;
    if (at != std::string_view::npos)
      std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
    return length;
  }

  asio::ip::tcp::socket socket_;
  std::string request_, answer_;
};

// The text of a string member of a flat JSON answer; empty when there is none.
inline std::string_view text_of(std::string_view json, std::string_view name) {
  const std::string mark = "\"" + std::string(name) + "\":\"";
  const auto at = json.find(mark);
  if (at == std::string_view::npos) return {};
  const auto from = at + mark.size();
  return json.substr(from, json.find('"', from) - from);
}

struct Bar {
  double value;
  enum Kind { least, most } kind;
};

inline void print(const char* name, double value, const char* unit, const std::string& how) {
  std::printf("{\"name\":\"%s\",\"value\":%.6g,\"unit\":\"%s\",\"how\":\"%s\"}\n", name, value,
              unit, how.c_str());
}
inline void print(const char* name, double value, const char* unit, Bar bar,
                  const std::string& how) {
  const bool ok = bar.kind == Bar::least ? value >= bar.value : value <= bar.value;
  std::printf(
      "{\"name\":\"%s\",\"value\":%.6g,\"unit\":\"%s\",\"bar\":%.6g,\"ok\":%s,\"how\":\"at %s; "
      "%s\"}\n",
      name, value, unit, bar.value, ok ? "true" : "false",
      bar.kind == Bar::least ? "least" : "most", how.c_str());
}

}  // namespace matanai::bench
