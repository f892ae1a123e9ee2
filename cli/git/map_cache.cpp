#include "cli/git/map_cache.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/git/repository.h"
#include "compiler/compile.h"
#include "compiler/parse/parse.h"
#include "runtime/reports/history/history.h"

namespace vsm::cli {
namespace {

std::set<std::string> declared_in(std::string text) {
    std::set<std::string> names;
    if (text.size() > parse::most_bytes) return names;
    SourceSet sources;
    Diagnostics ignored;
    const ast::File file = parse::parse(sources.add("", std::move(text)), ignored);
    for (const ast::Item& item : file.block.items) {
        const auto* statement = item.statement();
        if (statement == nullptr) continue;
        if (const auto* stream = std::get_if<ast::Stream>(statement)) names.insert(stream->name.text);
        if (const auto* future = std::get_if<ast::Future>(statement)) names.insert(future->name.text);
    }
    names.erase("");
    return names;
}

}  // namespace

MeasuredMapPtr MapCache::at(const Tree& tree, const std::string& path) {
    const auto found = tree.find(path);
    if (found && !found.value()) return nullptr;
    if (!found)
        return std::make_shared<MeasuredMap>(MeasuredMap{.state = MeasuredMap::State::unread, .reason = found.error()});
    std::vector<Known>& known = known_[found.value()->object];
    for (const Known& one : known) {
        // A map without imports has the same figures at every path.
        const bool alone = one.lookups.size() == 1 && !found.value()->link;
        if (alone || (one.path == path && tree.answers(one.lookups))) return one.map;
    }
    Known made{path, {}, nullptr};
    const std::size_t lacking = objects_.lacking();
    auto text = tree.read(path, &made.lookups);
    if (text) made.map = measured(path, std::move(text.value()), tree, made.lookups);
    const bool unread = objects_.lacking() > lacking || (!text && !found.value()->link);
    if (unread)
        made.map = std::make_shared<MeasuredMap>(
            MeasuredMap{.state = MeasuredMap::State::unread, .reason = text ? objects_.why_lacking() : text.error()});
    known.push_back(made);
    return made.map;
}

MeasuredMapPtr MapCache::measured(const std::string& path, std::string text, const Tree& tree, Lookups& lookups) {
    RevisionReader reader(tree, &lookups);
    Workspace workspace(reader);
    Diagnostics ignored;
    const auto checked = workspace.compile(path, text, ignored).checked;
    auto made = std::make_shared<MeasuredMap>();
    if (!checked) {
        made->state = MeasuredMap::State::broken;
        made->declared = declared_in(std::move(text));
        return made;
    }
    for (const runtime::StreamMetrics& metrics : runtime::measure(*checked)) {
        const ir::Stream& stream = checked->stream(metrics.stream);
        if (stream.imported) continue;
        std::vector<runtime::MetricValue> figures = runtime::history_figures(*checked, metrics);
        const std::size_t value = value_of(stream.calendar, figures);
        made->streams.push_back(
            {runtime::sketch_of(*checked, metrics.stream, ""), stream.calendar, std::move(figures), value});
    }
    return made;
}

/// Compares figures to 12 digits: reordering a map changes the last digits of a sum.
std::size_t MapCache::value_of(const Calendar& calendar, const std::vector<runtime::MetricValue>& figures) {
    std::string key = fmt::format("{} {}", calendar.day.microseconds, calendar.week.microseconds);
    const auto add = [&](const std::optional<double>& one) { key += one ? fmt::format(" {:.12g}", *one) : " ?"; };
    for (const runtime::MetricValue& one : figures) {
        add(one.value);
        add(one.at_least);
        add(one.at_most);
        add(one.stated);
        key += one.endless ? "!" : ";";
    }
    return values_.try_emplace(std::move(key), values_.size()).first->second;
}

}  // namespace vsm::cli
