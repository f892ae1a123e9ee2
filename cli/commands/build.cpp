#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/session.h"

namespace vsm::cli {
namespace {

struct Output {
    std::string name;  ///< file name without a folder
    backends::OutputFile file;
};

/// The streams as they are, or the futures that were asked for.
std::vector<ir::StreamId> chosen_streams(const ir::CheckedModel& model, const BuildOptions& options) {
    std::vector<ir::StreamId> chosen;
    for (const ir::StreamId id : streams_of(model, {})) {
        const ir::Stream& stream = model.stream(id);
        const ir::Stream& base = stream.future ? model.stream(stream.future->of) : stream;
        if (!options.stream.empty() && base.name.value != options.stream) continue;
        const bool wanted = options.future.empty() ? !stream.future : stream.future && (options.future == "all" || stream.name.value == options.future);
        if (wanted) chosen.push_back(id);
    }
    return chosen;
}

/// `checkout` or `checkout.spring`.
std::string file_stem(const ir::CheckedModel& model, ir::StreamId id) {
    const ir::Stream& stream = model.stream(id);
    if (!stream.future) return stream.name.value;
    return fmt::format("{}.{}", file_stem(model, stream.future->of), stream.name.value);
}

std::string list_of(const std::vector<Output>& outputs) {
    std::string text;
    for (const Output& output : outputs) text += (text.empty() ? "" : ", ") + output.name;
    return text;
}

std::string shell_quoted(const std::string& path) {
    std::string text = "'";
    for (const char c : path) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

void print_next_steps(const std::string& path, const backends::OutputFile& file) {
    for (const backends::NextStep& step : file.next_steps) {
        print_error(fmt::format("  {}\n", printable(step.purpose)));
        if (step.command.empty()) continue;
        std::string command = step.command;
        const std::string mark = "{file}";
        for (std::size_t at = command.find(mark); at != std::string::npos; at = command.find(mark, at)) {
            const std::string quoted = shell_quoted(path);
            command.replace(at, mark.size(), quoted);
            at += quoted.size();
        }
        print_error(fmt::format("    {}\n", printable(command)));
    }
}

int write_outputs(const std::vector<Output>& outputs, const BuildOptions& options, const CommonOptions& common) {
    const bool to_folder = outputs.size() > 1 || is_folder(options.output) || options.output.ends_with("/");
    if (to_folder)
        if (const auto made = make_folder(options.output); !made) return trouble(made.error());
    for (const Output& output : outputs) {
        const std::string separator = options.output.ends_with("/") ? "" : "/";
        const std::string path = to_folder ? options.output + separator + output.name : options.output;
        if (const auto written = write_file(path, output.file.content, {options.force}); !written) return trouble(written.error());
        if (common.quiet) continue;
        print_error(fmt::format("wrote {}\n", printable(path)));
        print_next_steps(path, output.file);
    }
    return exit_clean;
}

int no_such_future(const Session& session, const BuildOptions& options) {
    std::vector<std::string> names;
    for (const CompiledMap& map : session.maps()) {
        for (const ir::StreamId id : streams_of(*map.checked, {})) {
            const ir::Stream& stream = map.checked->stream(id);
            const bool asked = stream.future && (options.stream.empty() || map.checked->stream(stream.future->of).name.value == options.stream);
            if (asked) names.push_back(stream.name.value);
        }
    }
    const std::string of = options.stream.empty() ? "" : fmt::format(" of `{}`", options.stream);
    if (names.empty()) return trouble(fmt::format("there is no future{} to build: the map declares none", of));
    return trouble(fmt::format("no future{} is called `{}`; there are {}", of, options.future, fmt::join(names, ", ")));
}

}  // namespace

int run_build(const BuildOptions& options, const CommonOptions& common) {
    Session session;
    if (!session.load(options.paths)) return exit_trouble;
    if (session.diagnostics().has_errors()) {
        session.show_diagnostics(common);
        return exit_findings;
    }
    std::vector<Output> outputs;
    std::map<std::string, std::string> taken;
    bool found = false;
    for (const CompiledMap& map : session.maps()) {
        for (const ir::StreamId id : chosen_streams(*map.checked, options)) {
            found = true;
            for (const std::string& target : options.targets) {
                for (backends::OutputFile& file : backends::find_backend(target)->emit({*map.checked, id, options.backend}, session.diagnostics())) {
                    const std::string name = file_stem(*map.checked, id) + file.suffix;
                    const auto [first, fresh] = taken.try_emplace(lower_case(name), map.path);
                    if (!fresh) return trouble(fmt::format("{} and {} would both write {}; build them into folders of their own", first->second, map.path, name));
                    outputs.push_back({name, std::move(file)});
                }
            }
        }
    }
    if (!found) {
        if (!options.future.empty()) return no_such_future(session, options);
        if (!options.stream.empty()) return no_such_stream(session, options.stream);
        session.show_diagnostics(common);
        return trouble("there is no stream to build: the map declares none");
    }
    if (session.show_diagnostics(common)) return exit_findings;
    const bool to_output = options.output == "-" || options.output.empty();
    if (!to_output) return write_outputs(outputs, options, common);
    if (outputs.size() > 1) return trouble(fmt::format("there are {} outputs ({}); give a folder for them with -o", outputs.size(), list_of(outputs)));
    for (const Output& output : outputs) print(output.file.content);
    return exit_clean;
}

}  // namespace vsm::cli
