// Checks and makes password hashes on a thread of its own, one after the other, so that sign-ins
// never hold up anything else. At most 32 wait per client address, which a whole office may share,
// and 64 in all. The file of first passwords is that thread's too. Network thread; completions come
// back there.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "schema/types/refusal.hpp"
#include "server/staff/first_passwords.hpp"

namespace matanai::staff {

class PasswordDesk {
 public:
  PasswordDesk();
  // Waits for the running hash. The awaiting coroutines' context must still be alive.
  ~PasswordDesk();
  PasswordDesk(const PasswordDesk&) = delete;
  PasswordDesk& operator=(const PasswordDesk&) = delete;

  // Whether the password fits. Without a hash (unknown name) it works as long and finds that it
  // does not. Refusal: too_many_requests.
  boost::asio::awaitable<Result<bool>> check(std::string address, std::string password,
                                             std::optional<std::string> hash);
  // Refusal: too_many_requests.
  boost::asio::awaitable<Result<std::string>> make_hash(std::string address, std::string password);
  // Takes the account's line out of the file; what fails is logged: the password in it is old.
  boost::asio::awaitable<void> forget_first(FirstPasswords file, std::string name);

  // Hashes computed since the start.
  std::uint64_t hashes() const { return hashes_.load(); }

 private:
  // Who waits; shared with the waiting coroutines, which may be destroyed after the desk.
  struct Queue {
    std::map<std::string, int> by_address{};
    int in_all = 0;
    bool has_room(const std::string& address) const;
  };
  class Place;  // a caller's place in the queue, given back at its end

  std::string nobodys_hash_;  // of a password that nobody knows
  std::shared_ptr<Queue> queue_ = std::make_shared<Queue>();
  std::atomic<std::uint64_t> hashes_{0};
  boost::asio::thread_pool pool_{1};
};

}  // namespace matanai::staff
