#include "backends/backend.h"

#define VSM_BACKEND(name, summary)                                                     \
    namespace vsm::backends::name {                                                    \
    std::vector<OutputFile> emit(const BackendInput& input, Diagnostics& diagnostics); \
    }
#include "backends/backends.def"
#undef VSM_BACKEND

namespace vsm::backends {

std::span<const Backend> all_backends() {
    static constexpr Backend rows[] = {
#define VSM_BACKEND(name, summary) {#name, summary, &name::emit},
#include "backends/backends.def"
#undef VSM_BACKEND
    };
    return rows;
}

const Backend* find_backend(std::string_view name) {
    for (const Backend& backend : all_backends())
        if (backend.name == name) return &backend;
    return nullptr;
}

}  // namespace vsm::backends
