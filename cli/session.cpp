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

/// Gives each thread the texts that replace files, and the changes to try.
bool Session::prepare(const std::vector<std::string>& what_ifs) {
    for (CrewMember& member : crew_->members()) {
        for (const auto& [path, text] : stand_ins_) member.workspace.stand_in(path, text);
        for (const std::string& text : what_ifs) {
            const auto wrong = member.workspace.add_what_if(text);
            if (!wrong) continue;
            trouble(fmt::format("--what-if {}: {}", text, *wrong));
            return false;
        }
    }
    return true;
}

/// Checks that every --what-if applies. Errors in its text are usage errors, not errors of the map.
bool Session::what_ifs_apply(const std::vector<Loaded>& loaded) const {
    bool errors = false;
    for (std::size_t map = 0; map < loaded.size(); ++map) {
        const std::vector<WhatIf>& tried = crew_->member_of(map).workspace.what_ifs();
        for (const Diagnostic& found : loaded[map].diagnostics.all()) {
            if (found.severity != Severity::error) continue;
            errors = true;
            const auto one = std::find_if(tried.begin(), tried.end(),
                                          [&](const WhatIf& what_if) { return is_about(found, what_if.file->id); });
            if (one == tried.end()) continue;
            trouble(fmt::format("--what-if {}: {}{}", one->text, found.message,
                                found.help.empty() ? "" : "; " + found.help));
            return false;
        }
    }
    if (errors) return true;
    std::vector<std::string> names;
    for (const CompiledMap& map : maps_)
        for (const ir::StreamId id : map.checked ? streams_of(*map.checked, {}) : std::vector<ir::StreamId>{})
            for (const ir::Element& element : map.checked->stream(id).elements)
                if (!element.name.value.empty()) names.push_back(element.name.value);
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::vector<WhatIf>& what_ifs = crew_->members().front().workspace.what_ifs();
    for (std::size_t i = 0; i < what_ifs.size(); ++i) {
        const auto uses = [&](const CrewMember& member) { return member.workspace.what_ifs()[i].used; };
        if (std::any_of(crew_->members().begin(), crew_->members().end(), uses)) continue;
        const std::string guess = did_you_mean(what_ifs[i].element, views);
        trouble(fmt::format("--what-if {}: no element is called `{}`{}", what_ifs[i].text, what_ifs[i].element,
                            guess.empty() ? "" : "; " + guess));
        return false;
    }
    return true;
}

/// Checks that maps without errors have none with what --what-if changes, since the errors would name places of the map
/// that are correct.
bool Session::what_ifs_keep_sound(std::vector<Loaded>& loaded) {
    const auto broken =
        std::find_if(loaded.begin(), loaded.end(), [](const Loaded& one) { return one.diagnostics.has_errors(); });
    if (broken == loaded.end()) return true;
    CrewMember plain;
    for (const FoundMap& map : found_) plain.reader.add_map(map);
    Diagnostics found;
    for (Loaded& one : loaded) plain.workspace.compile(one.as_written.path, std::move(one.as_written.text), found);
    if (found.has_errors()) return true;
    const auto map = static_cast<std::size_t>(broken - loaded.begin());
    const auto& all = broken->diagnostics.all();
    const auto error =
        std::find_if(all.begin(), all.end(), [](const Diagnostic& one) { return one.severity == Severity::error; });
    const std::string_view place = sources_of(map)[error->range.file].text(error->range);
    std::string about, flags;
    for (const WhatIf& one : crew_->member_of(map).workspace.what_ifs()) {
        if (about.empty() && one.element == place) about = one.text;
        flags += (flags.empty() ? "" : " --what-if ") + one.text;
    }
    trouble(fmt::format("--what-if {}: {}{}", about.empty() ? flags : about, error->message,
                        error->help.empty() ? "" : "; " + error->help));
    return false;
}

bool Session::load(const std::vector<std::string>& paths, const std::vector<std::string>& what_ifs) {
    auto found = find_maps(paths, links_);
    if (!found) {
        trouble(found.error());
        return false;
    }
    found_ = std::move(found.value());
    crew_ = std::make_unique<MapCrew>(found_);
    if (!prepare(what_ifs)) return false;
    maps_.resize(found_.size());
    std::vector<Loaded> loaded(found_.size());
    crew_->compile([&](std::size_t map, CrewMember& member) {
        auto input = read_map(found_[map]);
        if (!input) {
            loaded[map].failure = input.error();
            return;
        }
        auto& [path, text] = input.value();
        if (!what_ifs.empty()) loaded[map].as_written = {path, text};
        maps_[map] = {path, member.compile(path, std::move(text), loaded[map].diagnostics).checked};
    });
    for (const Loaded& one : loaded) {
        if (one.failure.empty()) continue;
        trouble(one.failure);
        return false;
    }
    if (!what_ifs.empty() && !(what_ifs_apply(loaded) && what_ifs_keep_sound(loaded))) return false;
    for (std::size_t map = 0; map < loaded.size(); ++map) report(map, std::move(loaded[map].diagnostics.items()));
    return true;
}

void Session::each_map(const std::function<void(std::size_t map, Diagnostics&)>& work) {
    std::vector<Diagnostics> found(maps_.size());
    crew_->each([&](std::size_t map) { work(map, found[map]); });
    for (std::size_t map = 0; map < found.size(); ++map) report(map, std::move(found[map].items()));
}

void Session::report(std::size_t map, std::vector<Diagnostic> diagnostics) {
    crew_->move(map, diagnostics);
    for (Diagnostic& one : diagnostics) diagnostics_.add(std::move(one));
}

bool Session::show_diagnostics(const CommonOptions& common) {
    const auto items = sorted(diagnostics_, crew_->sources());
    print_error(render_text(items, crew_->sources(), {use_color(common.color, 2)}));
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
