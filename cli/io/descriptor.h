// Owns file descriptors and writes to them completely. Does not depend on paths.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace vsm::cli {

/// Closes the descriptor and preserves errno. Negative if opening failed.
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

/// The system's message for errno, starting in lower case, for the end of a sentence.
std::string system_reason();

/// Writes the whole text; returns false and sets errno on an error.
bool write_all(int descriptor, std::string_view text);

}  // namespace vsm::cli
