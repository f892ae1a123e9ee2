// Futures: the order in which they are lowered, their copies of their bases, and the limits of these.
#include <algorithm>
#include <set>
#include <utility>

#include "compiler/lower/edits.h"
#include "compiler/lower/file_lowering.h"
#include "compiler/lower/resolve.h"
#include "diag/check.h"
#include "diag/lower.h"

namespace vsm::lower {
namespace {

/// Limit for elements in all futures of one map.
constexpr std::size_t most_copied = 100'000;
/// Limit for edits times elements in all futures of one map: applying the edits searches that many elements.
constexpr std::size_t most_looked_through = 10'000'000;
/// Limit for entries of lists, and hundreds of letters, in all futures of one map.
constexpr std::size_t most_copied_entries = 300'000;
/// Limit for elements in all interims of one map; beyond it, the effects of edits are not attributed.
constexpr std::size_t most_in_interims = 20'000;

/// Number of futures named in the report of a cycle.
constexpr std::ptrdiff_t most_in_path = 8;

HalfMade half_made(const DraftStream& whole) {
    HalfMade half{whole.stream.future->edits.size(), {}};
    ir::Stream& stream = half.draft.stream;
    stream.range = whole.stream.range;
    stream.block_range = whole.stream.block_range;
    stream.damaged = whole.stream.damaged;
    stream.calendar = whole.stream.calendar;
    stream.calendar_given = whole.stream.calendar_given;
    stream.demand = whole.stream.demand;
    stream.change_failure = whole.stream.change_failure;
    stream.deploys = whole.stream.deploys;
    stream.timings_unknown = whole.stream.timings_unknown;
    stream.future = ir::FutureInfo{whole.stream.future->of, std::nullopt, {}, {}};
    half.draft.elements = whole.elements;
    return half;
}

}  // namespace

void FileLowering::lower_future(std::size_t index) {
    std::vector<Pending> chain;
    std::set<ir::StreamId> in_chain;
    for (bool more = true; more;) {
        const ir::StreamId id = future_ids_[index];
        if (!done_.insert(id).second) break;
        in_chain.insert(id);
        chain.push_back({index, find_base(*futures_[index])});
        const ir::StreamId base = chain.back().base;
        more = std::binary_search(future_ids_.begin(), future_ids_.end(), base);
        if (more) index = index_of(base);
        if (!in_chain.contains(base)) continue;
        report_circle(chain);
        chain.back().base = {};
        more = false;
    }
    for (auto next = chain.rbegin(); next != chain.rend(); ++next)
        make_future(next->index, is_sound(next->base) ? next->base : ir::StreamId{});
}

bool FileLowering::is_sound(ir::StreamId base) const {
    if (!base.valid()) return false;
    const ir::Stream& stream = all_.drafts_.at(base).draft.stream;
    return !stream.future || !stream.damaged || stream.future->of.valid();
}

void FileLowering::make_future(std::size_t index, ir::StreamId base) {
    const ast::Future& node = *futures_[index];
    const ir::StreamId id = future_ids_[index];
    StreamDraft& kept = all_.drafts_[id];
    if (!base.valid()) return drop(kept, node);
    StreamDraft& based_on = all_.drafts_[base];
    if (!based_on.held) based_on.held = size_of(based_on.draft);
    if (!may_copy(*based_on.held, node)) return drop(kept, node);
    if (!may_edit(*based_on.held, node)) return drop(kept, node);
    kept.teams = based_on.teams;
    // Goals, and the names that the base's own edits removed, stay with the base.
    kept.draft.stream = based_on.draft.stream;
    kept.draft.elements = based_on.draft.elements;
    kept.draft.remarks = based_on.draft.remarks;
    ir::Stream& stream = kept.draft.stream;
    const ir::Stream head = head_of(node);
    stream.name = head.name;
    stream.title = head.title;
    stream.range = head.range;
    stream.block_range = head.block_range;
    stream.imported = head.imported;
    stream.damaged = stream.damaged || head.damaged;
    stream.recovers = {};
    stream.future = ir::FutureInfo{base, std::nullopt, {}, {}};
    kept.draft.remarks.kaizens.clear();
    ValueReader values(diagnostics(), stream.calendar);
    if (node.by) {
        stream.future->by = values.date(*node.by);
        stream.future->by_range = node.by->range;
    }
    bool told_apart = !scope_.imported;
    apply_edits(node, kept.draft, scope_, [&] {
        if (!told_apart) return;
        const StreamSize held = size_of(kept.draft.elements);
        all_.in_interims_.elements += held.elements + scope_.teams.size() + scope_.streams.size();
        all_.in_interims_.entries += held.entries;
        told_apart = all_.in_interims_.elements <= most_in_interims && all_.in_interims_.entries <= most_copied_entries;
        if (told_apart) kept.interims.push_back(half_made(kept.draft));
    });
    try_out(kept.draft, &based_on.draft);
    if (!kept.interims.empty() && kept.interims.back().edits == stream.future->edits.size()) kept.interims.pop_back();
}

void FileLowering::resolve_interims(ir::StreamId id) {
    StreamDraft& kept = all_.drafts_[id];
    for (HalfMade& half : std::exchange(kept.interims, {})) {
        Diagnostics unseen;
        Scope scope{scope_.model,          unseen,          scope_.teams,      scope_.streams,
                    scope_.teams_declared, scope_.imported, scope_.incomplete, scope_.next_key};
        const std::size_t teams = scope_.model.teams.size(), streams = scope_.model.streams.size();
        const ir::StreamId place = scope_.model.streams.add({});
        resolve(std::move(half.draft), place, *kept.teams, scope, Remarked::no);
        const bool sound = !unseen.has_errors() && scope_.model.teams.size() == teams;
        if (sound) scope_.model.interims.push_back({id, half.edits, std::move(scope_.model.streams[place])});
        scope_.model.teams.resize(teams);
        scope_.model.streams.resize(streams);
    }
}

bool FileLowering::may_copy(const StreamSize& held, const ast::Future& node) {
    all_.copied_.elements += held.elements;
    all_.copied_.entries += held.entries;
    const bool elements = all_.copied_.elements > most_copied, entries = all_.copied_.entries > most_copied_entries;
    if (!elements && !entries) return true;
    if (std::exchange(all_.too_much_, true)) return false;
    const auto found =
        elements ? fmt::format("a map with {} elements in its futures", all_.copied_.elements)
                 : fmt::format("a map with {} entries of lists and lines of text in its futures", all_.copied_.entries);
    diagnostics()
        .report(diag::out_of_range, node.name.given() ? node.name.range : keywords_.at(&node), found,
                fmt::format("the {} that one map may have", elements ? most_copied : most_copied_entries))
        .help("put futures into files of their own, which import the stream");
    return false;
}

bool FileLowering::may_edit(const StreamSize& held, const ast::Future& node) {
    const std::size_t edits = edits_of(node.block);
    all_.looked_through_ += edits * (held.elements + edits);
    if (all_.looked_through_ <= most_looked_through) return true;
    if (std::exchange(all_.too_much_, true)) return false;
    diagnostics()
        .report(
            diag::out_of_range, node.name.given() ? node.name.range : keywords_.at(&node),
            fmt::format("a future with {} edits of a stream of {} elements", edits, held.elements),
            fmt::format("the limit of one map: edits times elements, over all futures, up to {}", most_looked_through))
        .help("write the future state as a stream of its own, and compare the two with `vsm diff`");
    return false;
}

std::size_t FileLowering::edits_of(const ast::Block& block) {
    std::size_t edits = 0;
    for (const ast::Item& item : block.items) {
        const auto* statement = item.statement();
        const auto* kaizen = statement == nullptr ? nullptr : std::get_if<ast::Kaizen>(statement);
        edits += kaizen == nullptr ? 1 : edits_of(kaizen->block);
    }
    return edits;
}

ir::StreamId FileLowering::find_base(const ast::Future& node) {
    const bool known = scope_.streams.contains(lower_case(node.base.text));
    if (known || diagnostics().error_count() >= most_guesses)
        return find(scope_.streams, node.base, "stream or future", diagnostics(), others_);
    Names<ir::StreamId> others = scope_.streams;
    others.erase(lower_case(node.name.text));
    return find(others, node.base, "stream or future", diagnostics(), others_);
}

void FileLowering::drop(StreamDraft& kept, const ast::Future& node) {
    kept.draft.stream = head_of(node);
    kept.draft.stream.damaged = true;
    kept.draft.stream.future = ir::FutureInfo{};
}

void FileLowering::report_circle(const std::vector<Pending>& chain) {
    const auto name = [&](const Pending& one) -> const std::string& { return futures_[one.index]->name.text; };
    const auto first = std::find_if(chain.begin(), chain.end(),
                                    [&](const Pending& one) { return future_ids_[one.index] == chain.back().base; });
    const ast::Word& closing = futures_[chain.back().index]->base;
    std::string path;
    const std::size_t length = static_cast<std::size_t>(chain.end() - first);
    for (auto at = first; at != chain.end(); ++at)
        if (at < first + most_in_path || at + 1 == chain.end())
            path += (at + 1 == chain.end() && length > most_in_path + 1 ? "… -> " : "") + name(*at) + " -> ";
    auto report = diagnostics().report(diag::future_circle, closing.range, path + closing.text);
    for (auto at = first; at + 1 != chain.end() && at < first + most_in_path; ++at)
        report.label(futures_[at->index]->base.range,
                     fmt::format("`{}` is based on `{}`", name(*at), futures_[at->index]->base.text));
    report.help("base one of them on a stream");
}

}  // namespace vsm::lower
