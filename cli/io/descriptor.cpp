#include "cli/io/descriptor.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vsm::cli {

Descriptor::~Descriptor() {
    const int before = errno;
    if (number_ >= 0) ::close(number_);
    errno = before;
}

std::string system_reason() {
    std::string said = std::strerror(errno);
    if (!said.empty() && said.front() >= 'A' && said.front() <= 'Z')
        said.front() = static_cast<char>(said.front() - 'A' + 'a');
    return said;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace vsm::cli
