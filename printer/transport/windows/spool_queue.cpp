#include "printer/transport/windows/spool_queue.hpp"

#include <windows.h>
#include <winspool.h>

#include <boost/system/errc.hpp>

#include "printer/transport/windows/text.hpp"

namespace matanai::printer {
namespace {

using ErrorCode = SpoolQueue::ErrorCode;

// The structures of winspool hold pointers into the buffer they come in.
class Buffer {
 public:
  explicit Buffer(DWORD bytes) : words_(bytes / sizeof(std::uint64_t) + 1) {}
  BYTE* data() { return reinterpret_cast<BYTE*>(words_.data()); }
  template <class T>
  std::span<const T> as(std::size_t count) {
    return {reinterpret_cast<const T*>(words_.data()), count};
  }

 private:
  std::vector<std::uint64_t> words_;
};

constexpr DWORD kPaperOut = PRINTER_STATUS_PAPER_OUT;
constexpr DWORD kOffline = PRINTER_STATUS_OFFLINE | PRINTER_STATUS_NOT_AVAILABLE |
                           PRINTER_STATUS_PAUSED | PRINTER_STATUS_SERVER_UNKNOWN;
constexpr DWORD kError = PRINTER_STATUS_ERROR | PRINTER_STATUS_PAPER_JAM |
                         PRINTER_STATUS_PAPER_PROBLEM | PRINTER_STATUS_DOOR_OPEN |
                         PRINTER_STATUS_USER_INTERVENTION;

SpoolJob::State state_of(DWORD status) {
  if (status & (JOB_STATUS_PRINTED | JOB_STATUS_DELETED)) return SpoolJob::State::printed;
  if (status & JOB_STATUS_PAPEROUT) return SpoolJob::State::paper_out;
  constexpr DWORD kFailed = JOB_STATUS_ERROR | JOB_STATUS_OFFLINE | JOB_STATUS_BLOCKED_DEVQ |
                            JOB_STATUS_USER_INTERVENTION;
  return status & kFailed ? SpoolJob::State::failed : SpoolJob::State::waiting;
}

class WindowsSpoolQueue final : public SpoolQueue {
 public:
  explicit WindowsSpoolQueue(const std::string& name) : name_(to_wide(name)) {}
  ~WindowsSpoolQueue() override { WindowsSpoolQueue::close(); }

  ErrorCode open() override {
    if (printer_) return {};
    if (!OpenPrinterW(name_.data(), &printer_, nullptr)) {
      printer_ = nullptr;
      return last_error();
    }
    return {};
  }

  std::optional<PortStatus> status() override {
    DWORD needed = 0;
    GetPrinterW(printer_, 2, nullptr, 0, &needed);
    if (needed == 0) return std::nullopt;
    Buffer buffer(needed);
    if (!GetPrinterW(printer_, 2, buffer.data(), needed, &needed)) return std::nullopt;
    const auto& info = buffer.as<PRINTER_INFO_2W>(1).front();
    const bool is_set_offline = (info.Attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE) != 0;
    return PortStatus{.is_paper_out = (info.Status & kPaperOut) != 0,
                      .is_offline = is_set_offline || (info.Status & kOffline) != 0,
                      .has_error = (info.Status & kError) != 0};
  }

  ErrorCode begin(const std::string& document, std::uint32_t& job) override {
    auto title = to_wide(document);
    std::wstring raw = L"RAW";
    DOC_INFO_1W info{.pDocName = title.data(), .pOutputFile = nullptr, .pDatatype = raw.data()};
    job = StartDocPrinterW(printer_, 1, reinterpret_cast<BYTE*>(&info));
    if (job == 0) return last_error();
    if (StartPagePrinter(printer_)) return {};
    const auto error = last_error();
    abort();
    return error;
  }

  WriteResult write(std::span<const std::uint8_t> bytes) override {
    DWORD written = 0;
    // The declaration wants a pointer to data it does not change.
    auto* data = const_cast<std::uint8_t*>(bytes.data());
    const bool is_done = WritePrinter(printer_, data, static_cast<DWORD>(bytes.size()), &written);
    WriteResult result{is_done ? ErrorCode() : last_error(), written};
    if (is_done && written != bytes.size())
      result.error = make_error_code(boost::system::errc::io_error);
    return result;
  }

  ErrorCode end() override {
    const bool is_ended = EndPagePrinter(printer_);
    const auto error = is_ended ? ErrorCode() : last_error();
    if (!EndDocPrinter(printer_)) return last_error();
    return error;
  }

  void abort() override {
    AbortPrinter(printer_);
    EndDocPrinter(printer_);
  }

  std::optional<std::vector<SpoolJob>> jobs() override {
    constexpr DWORD kMany = 1000;
    DWORD needed = 0;
    DWORD count = 0;
    std::vector<SpoolJob> jobs;
    if (EnumJobsW(printer_, 0, kMany, 1, nullptr, 0, &needed, &count)) return jobs;
    if (GetLastError() != ERROR_INSUFFICIENT_BUFFER) return std::nullopt;
    Buffer buffer(needed);
    if (!EnumJobsW(printer_, 0, kMany, 1, buffer.data(), needed, &needed, &count))
      return std::nullopt;
    for (const auto& info : buffer.as<JOB_INFO_1W>(count))
      jobs.push_back(
          {info.JobId, to_utf8(info.pDocument ? info.pDocument : L""), state_of(info.Status)});
    return jobs;
  }

  void remove(std::uint32_t job) override {
    if (printer_) SetJobW(printer_, job, 0, nullptr, JOB_CONTROL_DELETE);
  }

  void close() override {
    if (printer_) ClosePrinter(printer_);
    printer_ = nullptr;
  }

 private:
  std::wstring name_;
  HANDLE printer_ = nullptr;
};

}  // namespace

std::unique_ptr<SpoolQueue> make_spool_queue(const std::string& name) {
  return std::make_unique<WindowsSpoolQueue>(name);
}

std::vector<std::string> spool_queues() {
  constexpr DWORD kAll = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
  DWORD needed = 0;
  DWORD count = 0;
  EnumPrintersW(kAll, nullptr, 4, nullptr, 0, &needed, &count);
  Buffer buffer(needed);
  std::vector<std::string> names;
  if (!EnumPrintersW(kAll, nullptr, 4, buffer.data(), needed, &needed, &count)) return names;
  for (const auto& info : buffer.as<PRINTER_INFO_4W>(count))
    names.push_back(to_utf8(info.pPrinterName));
  return names;
}

}  // namespace matanai::printer
