// An open file, and writing to it, whole. Knows no paths.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace vsm::cli {

/// A file that closes itself, and leaves errno alone then. Below zero: it could not be opened.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    int get() const { return number_; }

private:
    int number_;
};

/// What the system says about errno, as the end of a message.
std::string system_reason();

/// Writes all of it; false (and errno) when the system would not take it.
bool write_all(int descriptor, std::string_view text);

}  // namespace vsm::cli
