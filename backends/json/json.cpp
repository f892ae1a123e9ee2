// Writes the typed model of one stream as JSON (docs/schema/ir.schema.json). Omits paths and source locations, so that
// the bytes do not depend on where the map is stored.
#include "ir/model_json.h"

#include "backends/backend.h"

namespace vsm::backends::json {

std::vector<OutputFile> emit(const BackendInput& input, Diagnostics&) {
    return {{".json", ir::to_json(input.model, nullptr, input.stream_id), {}}};
}

}  // namespace vsm::backends::json
