#include "cli/findings.h"

#include <map>
#include <numeric>

#include "cli/session.h"

namespace vsm::cli {
namespace {

/// What the targets say of the streams, without keeping what they make.
void try_targets(const std::vector<std::string>& targets, const ir::CheckedModel& model, Diagnostics& diagnostics) {
    const backends::BackendOptions defaults;
    for (const std::string& name : targets)
        for (const ir::StreamId stream : streams_of(model, {})) backends::find_backend(name)->emit({model, stream, defaults}, diagnostics);
}

/// Takes diagnostics over from the files of one run into another set of files, which gets those that have something.
class Adoption {
public:
    explicit Adoption(SourceSet& into) : into_(into) {}

    Diagnostic adopt(Diagnostic diagnostic, const SourceSet& from) {
        move(diagnostic.range, from);
        for (Label& label : diagnostic.labels) move(label.range, from);
        if (diagnostic.fix) move(diagnostic.fix->range, from);
        return diagnostic;
    }

private:
    void move(SourceRange& range, const SourceSet& from) {
        if (!range.valid()) return;
        const SourceFile& file = from[range.file];
        const auto [known, added] = files_.try_emplace(file.path());
        if (added) known->second = into_.add(file.path(), std::string(file.text())).id();
        range.file = known->second;
    }

    SourceSet& into_;
    std::map<std::string, FileId> files_;
};

}  // namespace

std::size_t Findings::allowed() const {
    return std::accumulate(maps.begin(), maps.end(), std::size_t{0}, [](std::size_t sum, const LintedMap& map) { return sum + map.allowed; });
}

std::optional<Findings> collect_findings(const LintOptions& options, const Texts& instead) {
    Session session;
    session.stand_in(instead);
    if (!session.load(options.paths)) return std::nullopt;
    Findings findings;
    for (const CompiledMap& map : session.maps()) {
        LintedMap linted{map.path, 0};
        if (map.checked) {
            linted.allowed = lint::lint(*map.checked, options.rules, session.diagnostics()).allowed;
            try_targets(options.targets, *map.checked, session.diagnostics());
        }
        findings.maps.push_back(std::move(linted));
    }
    Adoption adoption(findings.sources);
    Diagnostics adopted;
    for (const Diagnostic& diagnostic : session.diagnostics().all()) adopted.add(adoption.adopt(diagnostic, session.sources()));
    findings.items = sorted(adopted, findings.sources);
    return findings;
}

}  // namespace vsm::cli
