// The typed model of one stream as JSON, for programs (docs/schema/ir.schema.json). No paths and places: the same map gives the
// same bytes wherever it lies.
#include "ir/json.h"

#include "backends/backend.h"

namespace vsm::backends::json {

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    return {{".json", ir::to_json(input.model, nullptr, input.stream), {}}};
}

}  // namespace vsm::backends::json
