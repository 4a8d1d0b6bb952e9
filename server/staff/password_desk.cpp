#include "server/staff/password_desk.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "server/staff/password.hpp"

namespace matanai::staff {
namespace {

constexpr int kMostPerAddress = 32;  // an office's morning; about three seconds of work
constexpr int kMostInAll = 64;

boost::asio::awaitable<bool> check_here(std::string password, std::string hash) {
  co_return is_password(password, hash);
}

boost::asio::awaitable<void> forget_here(FirstPasswords file, std::string name) {
  try {
    file.forget(name);
  } catch (const std::exception& error) {
    spdlog::error("first passwords: {}", error.what());
  }
  co_return;
}

boost::asio::awaitable<std::string> hash_here(std::string password) {
  co_return hash_password(password);
}

}  // namespace

class PasswordDesk::Place {
 public:
  Place(std::shared_ptr<Queue> queue, std::string address)
      : queue_(std::move(queue)), address_(std::move(address)) {
    ++queue_->by_address[address_];
    ++queue_->in_all;
  }
  ~Place() {
    --queue_->in_all;
    const auto found = queue_->by_address.find(address_);
    if (--found->second == 0) queue_->by_address.erase(found);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::shared_ptr<Queue> queue_;
  std::string address_;
};

PasswordDesk::PasswordDesk() : nobodys_hash_(hash_password(make_session_token())) {}

PasswordDesk::~PasswordDesk() { pool_.join(); }

bool PasswordDesk::Queue::has_room(const std::string& address) const {
  const auto found = by_address.find(address);
  return in_all < kMostInAll && (found == by_address.end() || found->second < kMostPerAddress);
}

boost::asio::awaitable<Result<bool>> PasswordDesk::check(std::string address, std::string password,
                                                         std::optional<std::string> hash) {
  if (!queue_->has_room(address)) co_return Refusal(RefusalCode::too_many_requests);
  const Place place(queue_, std::move(address));
  const bool is_known = hash.has_value();
  std::string stored = is_known ? *std::move(hash) : nobodys_hash_;
  auto work = check_here(std::move(password), std::move(stored));
  const bool fits = co_await boost::asio::co_spawn(pool_.get_executor(), std::move(work),
                                                   boost::asio::use_awaitable);
  ++hashes_;
  co_return is_known&& fits;
}

boost::asio::awaitable<Result<std::string>> PasswordDesk::make_hash(std::string address,
                                                                    std::string password) {
  if (!queue_->has_room(address)) co_return Refusal(RefusalCode::too_many_requests);
  const Place place(queue_, std::move(address));
  auto work = hash_here(std::move(password));
  auto hash = co_await boost::asio::co_spawn(pool_.get_executor(), std::move(work),
                                             boost::asio::use_awaitable);
  ++hashes_;
  co_return hash;
}

boost::asio::awaitable<void> PasswordDesk::forget_first(FirstPasswords file, std::string name) {
  auto work = forget_here(std::move(file), std::move(name));
  co_await boost::asio::co_spawn(pool_.get_executor(), std::move(work), boost::asio::use_awaitable);
}

}  // namespace matanai::staff
