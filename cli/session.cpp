#include "cli/session.h"

#include <fmt/format.h>

#include "base/render.h"
#include "base/text.h"

namespace vsm::cli {

int trouble(const std::string& message) {
    print_error(fmt::format("vsm: {}\n", printable(message)));
    return exit_trouble;
}

bool Session::load(const std::vector<std::string>& paths) {
    auto inputs = read_inputs(paths);
    if (!inputs) {
        trouble(inputs.error());
        return false;
    }
    for (InputFile& input : inputs.value()) {
        Compilation made = workspace_.compile(input.path, std::move(input.text), diagnostics_);
        maps_.push_back({input.path, std::move(made.checked)});
    }
    return true;
}

bool Session::show_diagnostics(const CommonOptions& common) {
    const auto items = sorted(diagnostics_, sources());
    print_error(render_text(items, sources(), {use_color(common.color, 2)}));
    return diagnostics_.has_errors();
}

std::vector<ir::StreamId> streams_of(const ir::CheckedModel& model, const std::string& name) {
    std::vector<ir::StreamId> found;
    for (std::size_t i = 0; i < model.model().streams.size(); ++i) {
        const ir::StreamId id = model.model().streams.id_at(i);
        const ir::Stream& stream = model.stream(id);
        if (!stream.imported && (name.empty() || stream.name.value == name)) found.push_back(id);
    }
    return found;
}

std::vector<std::string> stream_names(const ir::CheckedModel& model) {
    std::vector<std::string> names;
    for (const ir::StreamId id : streams_of(model, {})) names.push_back(model.stream(id).name.value);
    return names;
}

int no_such_stream(const Session& session, const std::string& name) {
    std::vector<std::string> names;
    for (const CompiledMap& map : session.maps())
        if (map.checked)
            for (const std::string& one : stream_names(*map.checked)) names.push_back(one);
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string guess = did_you_mean(name, views);
    const std::string list = names.empty() ? "" : fmt::format("; there are {}", fmt::join(names, ", "));
    return trouble(fmt::format("no stream is called `{}`{}", name, guess.empty() ? list : "; " + guess));
}

}  // namespace vsm::cli
