#include "cli/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostics/render/render.h"
#include "base/text.h"
#include "cli/git/find_maps.h"

namespace vsm::cli {
namespace {

/// Whether a diagnostic or one of its labels is in a file.
bool is_about(const Diagnostic& found, FileId file) {
    return found.range.file == file || std::any_of(found.labels.begin(), found.labels.end(),
                                                   [&](const Label& label) { return label.range.file == file; });
}

}  // namespace

void remark(const std::string& message) { print_error(fmt::format("vsm: {}\n", log_text(message))); }

int trouble(const std::string& message) {
    remark(message);
    return exit_trouble;
}

bool Session::add_what_ifs(const std::vector<std::string>& what_ifs) {
    for (const std::string& text : what_ifs) {
        const auto wrong = workspace_.add_what_if(text);
        if (!wrong) continue;
        trouble(fmt::format("--what-if {}: {}", text, *wrong));
        return false;
    }
    return true;
}

/// Checks that every --what-if applies. Errors in its text are usage errors, not errors of the map.
bool Session::what_ifs_apply() const {
    for (const Diagnostic& found : diagnostics_.all()) {
        const auto one = std::find_if(workspace_.what_ifs().begin(), workspace_.what_ifs().end(),
                                      [&](const WhatIf& tried) { return is_about(found, tried.file->id); });
        if (one == workspace_.what_ifs().end() || found.severity != Severity::error) continue;
        trouble(
            fmt::format("--what-if {}: {}{}", one->text, found.message, found.help.empty() ? "" : "; " + found.help));
        return false;
    }
    if (diagnostics_.has_errors()) return true;
    std::vector<std::string> names;
    for (const CompiledMap& map : maps_)
        for (const ir::StreamId id : map.checked ? streams_of(*map.checked, {}) : std::vector<ir::StreamId>{})
            for (const ir::Element& element : map.checked->stream(id).elements)
                if (!element.name.value.empty()) names.push_back(element.name.value);
    const std::vector<std::string_view> views(names.begin(), names.end());
    for (const WhatIf& one : workspace_.what_ifs()) {
        if (one.used) continue;
        const std::string guess = did_you_mean(one.element, views);
        trouble(fmt::format("--what-if {}: no element is called `{}`{}", one.text, one.element,
                            guess.empty() ? "" : "; " + guess));
        return false;
    }
    return true;
}

/// Checks that maps without errors have none with what --what-if changes, since the errors would name places of the map
/// that are correct.
bool Session::what_ifs_keep_sound(std::vector<MapText> maps) {
    if (!diagnostics_.has_errors()) return true;
    Workspace as_written(reader_);
    Diagnostics found;
    for (MapText& map : maps) as_written.compile(map.path, std::move(map.text), found);
    if (found.has_errors()) return true;
    const auto& all = diagnostics_.all();
    const auto error =
        std::find_if(all.begin(), all.end(), [](const Diagnostic& one) { return one.severity == Severity::error; });
    const std::string_view place = sources()[error->range.file].text(error->range);
    std::string about, flags;
    for (const WhatIf& one : workspace_.what_ifs()) {
        if (about.empty() && one.element == place) about = one.text;
        flags += (flags.empty() ? "" : " --what-if ") + one.text;
    }
    trouble(fmt::format("--what-if {}: {}{}", about.empty() ? flags : about, error->message,
                        error->help.empty() ? "" : "; " + error->help));
    return false;
}

bool Session::load(const std::vector<std::string>& paths, const std::vector<std::string>& what_ifs) {
    if (!add_what_ifs(what_ifs)) return false;
    const auto found = find_maps(paths, links_);
    if (!found) {
        trouble(found.error());
        return false;
    }
    for (const FoundMap& map : found.value()) reader_.add_map(map);
    std::vector<MapText> texts;
    for (const FoundMap& map : found.value()) {
        auto input = read_map(map);
        if (!input) {
            trouble(input.error());
            return false;
        }
        if (!what_ifs.empty()) texts.push_back({input.value().path, input.value().text});
        Compilation made = workspace_.compile(input.value().path, std::move(input.value().text), diagnostics_);
        maps_.push_back({input.value().path, std::move(made.checked)});
    }
    return what_ifs_apply() && (what_ifs.empty() || what_ifs_keep_sound(std::move(texts)));
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
