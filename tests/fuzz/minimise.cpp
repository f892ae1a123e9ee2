#include "tests/fuzz/minimise.h"

#include <vector>

#include "tests/fuzz/child.h"
#include "tests/fuzz/mutations.h"

namespace vsm::fuzz {
namespace {

using Parts = std::vector<std::string>;

std::string joined(const Parts& parts) {
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
}

Parts lines(const std::string& text) {
    Parts parts(1);
    for (const char c : text) {
        parts.back() += c;
        if (c == '\n') parts.emplace_back();
    }
    return parts;
}

Parts tokens(const std::string& text) {
    const auto found = tokens_of(text);
    return Parts(found.begin(), found.end());
}

Parts bytes_of(const std::string& text) {
    Parts parts;
    for (const char c : text) parts.emplace_back(1, c);
    return parts;
}

class Minimiser {
public:
    Minimiser(const Target& target, const std::string& bytes) : target_(target), fault_(fault_of(bytes)) {}

    bool breaks() const { return !fault_.empty(); }

    /// Removes each run of parts that the fault does not need, long runs first.
    std::string without_needless(Parts parts) const {
        for (std::size_t run = parts.size() / 2 + 1; run > 0; run /= 2)
            for (std::size_t at = 0; at < parts.size();) {
                Parts less(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(at));
                const std::size_t behind = std::min(parts.size(), at + run);
                less.insert(less.end(), parts.begin() + static_cast<std::ptrdiff_t>(behind), parts.end());
                if (fault_of(joined(less)) == fault_)
                    parts = std::move(less);
                else
                    at += run;
            }
        return joined(parts);
    }

private:
    std::string fault_of(const std::string& bytes) const {
        const Ending ending = in_child([&] {
            begin_input();
            target_.run({bytes, true});
        });
        return ending.well ? std::string() : ending.fault();
    }

    const Target& target_;
    const std::string fault_;
};

}  // namespace

std::string minimise(const Target& target, std::string bytes) {
    const Minimiser minimiser(target, bytes);
    if (!minimiser.breaks()) return bytes;
    for (std::size_t before = bytes.size() + 1; bytes.size() < before;) {
        before = bytes.size();
        bytes = minimiser.without_needless(lines(bytes));
        bytes = minimiser.without_needless(tokens(bytes));
        if (bytes.size() < 400) bytes = minimiser.without_needless(bytes_of(bytes));
    }
    return bytes;
}

}  // namespace vsm::fuzz
