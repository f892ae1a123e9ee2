// Runs every backend on every stream of any map that compiles, with options derived from its bytes.
#include "backends/backend.h"
#include "tests/fuzz/map.h"
#include "tests/fuzz/targets.h"

namespace vsm::fuzz {
namespace {

/// Derives a sequence of choices from a number.
class Chooser {
public:
    explicit Chooser(std::uint64_t number) : number_(number) {}
    std::uint64_t one_of(std::uint64_t count) {
        const std::uint64_t chosen = number_ % count;
        number_ /= count;
        return chosen;
    }

private:
    std::uint64_t number_;
};

backends::BackendOptions options_by(std::uint64_t number) {
    Chooser choose(number);
    backends::BackendOptions options;
    options.syntax = choose.one_of(2) == 0 ? backends::Syntax::yaml : backends::Syntax::json;
    options.mock = static_cast<backends::MockKind>(choose.one_of(3));
    options.waits = static_cast<backends::Waits>(choose.one_of(2));
    options.diagram = static_cast<backends::Diagram>(choose.one_of(2));
    options.environments = choose.one_of(2) == 0;
    options.compare = choose.one_of(2) == 0;
    const std::uint64_t scale = choose.one_of(4);
    if (scale == 0) options.time_scale.mock_per_working_day = Duration{0};
    if (scale == 1) options.time_scale.mock_per_working_day = backends::TimeScale::longest;
    if (choose.one_of(3) == 0) options.events = {"push", "workflow_call"};
    if (choose.one_of(3) == 0) options.runner = {"self-hosted", "linux"};
    return options;
}

void hold_file(const backends::OutputFile& file, const std::string& content, bool read) {
    hold(!file.suffix.empty() && !content.empty(), "every output has a name and a content");
    if (!read) return hold_output(content, file.suffix);
    if (file.suffix.ends_with(".json")) return hold_json(content, file.suffix);
    if (file.suffix.ends_with(".yaml") || file.suffix.ends_with(".yml")) return hold_yaml(content, file.suffix);
    hold_output(content, file.suffix);
}

void hold_backend(const backends::Backend& backend, const backends::BackendInput& in, bool all) {
    Diagnostics said;
    const auto files = backend.emit(in, said);
    hold(files.empty() == said.has_errors(), "a target gives files or an error", backend.name);
    for (const backends::OutputFile& file : files) hold_file(file, file.content, all);
    if (!all) return;
    Diagnostics again;
    const auto second = backend.emit(in, again);
    hold(second.size() == files.size(), "a target gives as many files again", backend.name);
    for (std::size_t i = 0; i < files.size(); ++i) hold_same(files[i].content, second[i].content, files[i].suffix);
}

}  // namespace

bool try_backends(const Input& input) {
    const Map map(input.bytes);
    if (!map.compiles()) return false;
    const backends::BackendOptions options = options_by(hash_of(input.bytes));
    runtime::Measurements measured(map.model());
    for (const ir::StreamId stream : map.streams())
        for (const backends::Backend& backend : backends::all_backends())
            hold_backend(backend, {map.model(), stream, options, &measured}, input.all);
    return true;
}

}  // namespace vsm::fuzz
