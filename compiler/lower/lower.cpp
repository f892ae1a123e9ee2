#include "compiler/lower/lower.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/diagnostics/codes.h"
#include "compiler/lower/edits.h"
#include "compiler/lower/elements.h"
#include "compiler/lower/resolve.h"
#include "compiler/lower/stream_size.h"
#include "compiler/lower/values/value_texts.h"

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

/// The names that a lowered file declares, for its importers.
struct Exports {
    Names<ir::TeamId> teams;
    Names<ir::StreamId> streams;
};

std::vector<ir::Import> imports_of(const Unit& unit) {
    std::vector<ir::Import> imports;
    for (const ast::Item& item : unit.file->block.items) {
        const auto* statement = std::get_if<ast::Statement>(&item.what);
        const auto* import = statement == nullptr ? nullptr : std::get_if<ast::Import>(statement);
        if (import == nullptr) continue;
        const auto linked = std::find_if(unit.linked.begin(), unit.linked.end(),
                                         [&](const Unit::Linked& one) { return one.import == import; });
        if (linked != unit.linked.end())
            imports.push_back({{import->path.value, import->path.range}, linked->unit->file->id, item.range});
    }
    return imports;
}

/// A future after some of its edits, reduced to what metrics need. Of its edits, only their number remains.
struct HalfMade {
    std::size_t edits = 0;
    DraftStream draft;
};

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

/// The draft of a stream, kept until all futures are lowered.
struct StreamDraft {
    DraftStream draft;
    Shared<Names<ir::TeamId>> teams;
    std::optional<Held> held;        ///< measured when a future is based on it
    std::vector<HalfMade> interims;  ///< of a future: after each part of its edits but the last
};

class ModelLowering {
public:
    ModelLowering(Diagnostics& diagnostics, std::span<Trial> trials) : diagnostics_(diagnostics), trials_(trials) {}

    ir::Model run(const Unit& unit) {
        model_.file = unit.file->id;
        model_.imports = imports_of(unit);
        lower_unit(unit, false);
        return std::move(model_);
    }

private:
    const Exports& lower_unit(const Unit& unit, bool imported) {
        if (const auto done = exports_.find(&unit); done != exports_.end()) return done->second;
        Scope scope{model_, diagnostics_, {}, {}, false, imported};
        scope.next_key = next_key_;
        scope.crowded = crowded_;
        scope.incomplete = unit.incomplete || unit.file->block.damaged;
        for (const Unit* other : unit.imports) {
            take_in(lower_unit(*other, true), scope);
            scope.incomplete = scope.incomplete || other->file->block.damaged;
        }
        scope.next_key = std::max(scope.next_key, next_key_);
        scope.crowded = crowded_;
        Exports own;
        FileLowering(*this, *unit.file, scope, own).run();
        next_key_ = scope.next_key;
        crowded_ = scope.crowded;
        return exports_[&unit] = std::move(own);
    }

    void take_in(const Exports& other, Scope& scope) {
        for (const auto& [key, team] : other.teams) {
            if (!model_.teams[team.id].declared) continue;
            declare(scope.teams, team.name, team.range, team.id, diagnostics_);
            scope.teams_declared = true;
        }
        for (const auto& [key, stream] : other.streams)
            declare(scope.streams, stream.name, stream.range, stream.id, diagnostics_);
    }

    /// Lowers one file: its teams, then its streams, then its futures, each after its base.
    class FileLowering {
    public:
        FileLowering(ModelLowering& all, const ast::File& file, Scope& scope, Exports& own)
            : all_(all), file_(file), scope_(scope), own_(own) {}

        void run() {
            others_.incomplete = scope_.incomplete;
            lower_teams();
            lower_allows();
            for (const ast::Item& item : file_.block.items) declare_stream(item);
            for (std::size_t i = 0; i < streams_.size(); ++i) lower_stream(*streams_[i], stream_ids_[i]);
            for (std::size_t i = 0; i < futures_.size(); ++i) lower_future(i);
            for (const ir::StreamId id : ids_) resolve_stream(id);
            for (const ir::StreamId id : ids_) resolve_interims(id);
            link_recoveries();
            for (const auto& [key, team] : scope_.teams)
                if (!own_.teams.contains(key)) own_.teams.emplace(key, team);
            keep_own();
        }

    private:
        Diagnostics& diagnostics() { return scope_.diagnostics; }

        void lower_teams() {
            ValueReader values(diagnostics(), calendar_);
            for (const ast::Item& item : file_.block.items) {
                const auto* statement = std::get_if<ast::Statement>(&item.what);
                if (statement == nullptr) continue;
                if (const auto* team = std::get_if<ast::Team>(statement))
                    lower_team(*team, scope_, values, scope_.teams, {});
                // If a stream declares a team, every team name must be declared.
                if (const auto* stream = std::get_if<ast::Stream>(statement))
                    for (const ast::Item& inner : stream->block.items)
                        if (const auto* said = std::get_if<ast::Statement>(&inner.what);
                            said != nullptr && std::holds_alternative<ast::Team>(*said))
                            scope_.teams_declared = true;
            }
        }

        /// Lowers the remarks and goals at the top of the file, where only `allow` is permitted.
        void lower_allows() {
            ValueReader values(diagnostics(), calendar_);
            DraftRemarks remarks;
            BlockTarget target{PropertyTarget{on_future, scope_, values}};
            target.remarks = &remarks;
            target.where = "the file";
            ast::Block block;
            bool element_outside = false;
            for (const ast::Item& item : file_.block.items) {
                const auto* statement = std::get_if<ast::Statement>(&item.what);
                if (statement == nullptr) {
                    const auto& property = *std::get_if<ast::Property>(&item.what);
                    diagnostics()
                        .report(diag::misplaced_statement, property.name.range, property.name.text, "the file")
                        .help("a property belongs in the block that it describes");
                    continue;
                }
                const bool top =
                    std::holds_alternative<ast::Import>(*statement) || std::holds_alternative<ast::Team>(*statement) ||
                    std::holds_alternative<ast::Stream>(*statement) || std::holds_alternative<ast::Future>(*statement);
                if (std::holds_alternative<ast::Element>(*statement) && std::exchange(element_outside, true))
                    continue;  // all lack the same stream
                if (std::holds_alternative<ast::Note>(*statement) || std::holds_alternative<ast::Kaizen>(*statement)) {
                    report_misplaced(item, "the file", diagnostics());
                } else if (!top) {
                    block.items.push_back(item);
                }
            }
            lower_items(block, target);
            if (!scope_.imported) scope_.model.allows = remarks.allows;
        }

        ir::StreamId add_stream(const ast::Word& name) {
            const ir::StreamId id = scope_.model.streams.add({});
            all_.drafts_[id];
            ids_.push_back(id);
            if (name.given()) {
                declare(scope_.streams, name.text, name.range, id, diagnostics());
            } else {
                others_.incomplete = true;
            }
            return id;
        }

        void declare_stream(const ast::Item& item) {
            const auto* statement = std::get_if<ast::Statement>(&item.what);
            if (statement == nullptr) return;
            const auto* stream = std::get_if<ast::Stream>(statement);
            const auto* future = std::get_if<ast::Future>(statement);
            if ((stream == nullptr && future == nullptr) || !has_room(item.keyword)) return;
            if (stream != nullptr) {
                streams_.push_back(stream);
                stream_ids_.push_back(add_stream(stream->name));
                keywords_[stream] = item.keyword;
            } else {
                futures_.push_back(future);
                future_ids_.push_back(add_stream(future->name));
                keywords_[future] = item.keyword;
            }
        }

        /// Whether one more stream fits.
        bool has_room(SourceRange keyword) {
            if (scope_.model.streams.size() < most_streams) return true;
            others_.incomplete = true;
            if (!std::exchange(scope_.crowded, true))
                diagnostics()
                    .report(diag::out_of_range, keyword,
                            fmt::format("a map with {} streams and futures", most_streams + 1),
                            fmt::format("the {} that one map may have", most_streams))
                    .help("put them into files of their own");
            return false;
        }

        template <class Node>
        ir::Stream head_of(const Node& node) {
            ir::Stream stream;
            stream.name = {node.name.text, node.name.range};
            stream.title = {unless_blank(node.title.value), node.title.range};
            stream.range = node.name.given() ? node.name.range : keywords_.at(&node);
            stream.block_range = node.block.range;
            stream.imported = scope_.imported;
            stream.damaged = node.block.damaged;
            return stream;
        }

        /// Skips maps that are too large, and futures whose diagnostics would not be kept.
        void resolve_stream(ir::StreamId id) {
            DraftStream& draft = all_.drafts_[id].draft;
            const bool unread = draft.stream.future && diagnostics().error_count() >= most_errors;
            if (!scope_.full() && !unread) return resolve(taken(draft), id, *all_.drafts_[id].teams, scope_);
            scope_.model.streams[id].range = draft.stream.range;
            scope_.model.streams[id].damaged = true;
        }

        /// A copy if imported, because futures of other files may be based on the draft.
        DraftStream taken(DraftStream& draft) { return scope_.imported ? draft : std::move(draft); }

        void lower_stream(const ast::Stream& node, ir::StreamId id) {
            StreamDraft& kept = all_.drafts_[id];
            DraftStream& draft = kept.draft;
            draft.stream = head_of(node);
            settle_calendar(node, draft.stream);
            ValueReader values(diagnostics(), draft.stream.calendar);
            for (const ast::Item& item : node.block.items)
                if (const auto* said = std::get_if<ast::Statement>(&item.what))
                    if (const auto* team = std::get_if<ast::Team>(said))
                        lower_team(*team, scope_, values, kept.teams.change(), id);
            ast::Word recovers;
            BlockTarget target{PropertyTarget{on_stream, scope_, values}};
            target.properties.stream = &draft.stream;
            target.properties.recovers = &recovers;
            target.properties.extras = &draft.stream.extras;
            target.elements = &draft.elements;
            target.remarks = &draft.remarks;
            target.goals = &draft.goals;
            target.teams = &kept.teams.change();
            target.where = "a stream";
            lower_items(node.block, target);
            try_out(draft, nullptr);
            if (recovers.given()) recoveries_.push_back({id, recovers});
        }

        /// Applies the trials. Elements that a future takes over were changed in its base.
        void try_out(DraftStream& draft, const DraftStream* base) {
            for (Trial& trial : all_.trials_) {
                if (!has_element(draft.elements, trial.element) ||
                    (base != nullptr && has_element(base->elements, trial.element)))
                    continue;
                apply_change(*trial.change, draft, scope_);
                trial.used = true;
            }
        }

        static bool has_element(const Drafts& drafts, const std::string& name) {
            return std::any_of(drafts.begin(), drafts.end(), [&](const Shared<Draft>& draft) {
                return draft->element->name.value == name || has_element(draft->children, name);
            });
        }

        /// Reads the calendar first, because every time depends on the length of `d` and `w`.
        void settle_calendar(const ast::Stream& node, ir::Stream& stream) {
            Diagnostics reported_later;
            ValueReader values(reported_later, calendar_);
            for (const ast::Item& item : node.block.items) {
                const auto* property = std::get_if<ast::Property>(&item.what);
                if (property == nullptr) continue;
                if (property->name.text == "recovers" && !stream.calendar_given) stream.calendar = round_the_clock;
                if (property->name.text != "calendar") continue;
                if (const auto read = values.calendar(property->value)) {
                    stream.calendar = *read;
                    stream.calendar_given = true;
                }
            }
        }

        /// A future to lower, and its base.
        struct Pending {
            std::size_t index;
            ir::StreamId base;  ///< invalid if there is none, or if it leads back here (reported)
        };

        /// Lowers a future after the futures that it is based on. Uses no recursion, because the chain may be long.
        void lower_future(std::size_t index) {
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

        bool is_sound(ir::StreamId base) const {
            if (!base.valid()) return false;
            const ir::Stream& stream = all_.drafts_.at(base).draft.stream;
            return !stream.future || !stream.damaged || stream.future->of.valid();
        }

        void make_future(std::size_t index, ir::StreamId base) {
            const ast::Future& node = *futures_[index];
            const ir::StreamId id = future_ids_[index];
            StreamDraft& kept = all_.drafts_[id];
            if (!base.valid()) return drop(kept, node);
            StreamDraft& based_on = all_.drafts_[base];
            if (!based_on.held) based_on.held = held_by(based_on.draft);
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
                const Held held = held_by(kept.draft.elements);
                all_.in_interims_.elements += held.elements + scope_.teams.size() + scope_.streams.size();
                all_.in_interims_.entries += held.entries;
                told_apart =
                    all_.in_interims_.elements <= most_in_interims && all_.in_interims_.entries <= most_copied_entries;
                if (told_apart) kept.interims.push_back(half_made(kept.draft));
            });
            try_out(kept.draft, &based_on.draft);
            if (!kept.interims.empty() && kept.interims.back().edits == stream.future->edits.size())
                kept.interims.pop_back();
        }

        /// Ignores errors in a future halfway through its edits, because nobody wrote them.
        void resolve_interims(ir::StreamId id) {
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

        /// Whether the base may be copied. Futures are copies: many of a long stream would take too much memory.
        bool may_copy(const Held& held, const ast::Future& node) {
            all_.copied_.elements += held.elements;
            all_.copied_.entries += held.entries;
            const bool elements = all_.copied_.elements > most_copied,
                       entries = all_.copied_.entries > most_copied_entries;
            if (!elements && !entries) return true;
            if (std::exchange(all_.too_much_, true)) return false;
            const auto found = elements ? fmt::format("a map with {} elements in its futures", all_.copied_.elements)
                                        : fmt::format("a map with {} entries of lists and lines of text in its futures",
                                                      all_.copied_.entries);
            diagnostics()
                .report(diag::out_of_range, node.name.given() ? node.name.range : keywords_.at(&node), found,
                        fmt::format("the {} that one map may have", elements ? most_copied : most_copied_entries))
                .help("put futures into files of their own, which import the stream");
            return false;
        }
        /// Whether the edits may be applied. Each edit searches for its element and moves others.
        bool may_edit(const Held& held, const ast::Future& node) {
            const std::size_t edits = edits_of(node.block);
            all_.looked_through_ += edits * (held.elements + edits);
            if (all_.looked_through_ <= most_looked_through) return true;
            if (std::exchange(all_.too_much_, true)) return false;
            diagnostics()
                .report(diag::out_of_range, node.name.given() ? node.name.range : keywords_.at(&node),
                        fmt::format("a future with {} edits of a stream of {} elements", edits, held.elements),
                        fmt::format("the limit of one map: edits times elements, over all futures, up to {}",
                                    most_looked_through))
                .help("write the future state as a stream of its own, and compare the two with `vsm diff`");
            return false;
        }
        static std::size_t edits_of(const ast::Block& block) {
            std::size_t edits = 0;
            for (const ast::Item& item : block.items) {
                const auto* statement = std::get_if<ast::Statement>(&item.what);
                const auto* kaizen = statement == nullptr ? nullptr : std::get_if<ast::Kaizen>(statement);
                edits += kaizen == nullptr ? 1 : edits_of(kaizen->block);
            }
            return edits;
        }
        /// Finds the base of a future. An unknown name may be misspelt, but the future itself was not meant.
        ir::StreamId find_base(const ast::Future& node) {
            const bool known = scope_.streams.contains(lower_case(node.base.text));
            if (known || diagnostics().error_count() >= most_guesses)
                return find(scope_.streams, node.base, "stream or future", diagnostics(), others_);
            Names<ir::StreamId> others = scope_.streams;
            others.erase(lower_case(node.name.text));
            return find(others, node.base, "stream or future", diagnostics(), others_);
        }

        void drop(StreamDraft& kept, const ast::Future& node) {
            kept.draft.stream = head_of(node);
            kept.draft.stream.damaged = true;
            kept.draft.stream.future = ir::FutureInfo{};
        }

        /// Reports a cycle of futures with its path. The last future of the chain is based on one of the others.
        void report_circle(const std::vector<Pending>& chain) {
            const auto name = [&](const Pending& one) -> const std::string& { return futures_[one.index]->name.text; };
            const auto first = std::find_if(chain.begin(), chain.end(), [&](const Pending& one) {
                return future_ids_[one.index] == chain.back().base;
            });
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
        std::size_t index_of(ir::StreamId id) const {
            return static_cast<std::size_t>(std::lower_bound(future_ids_.begin(), future_ids_.end(), id) -
                                            future_ids_.begin());
        }

        void link_recoveries() {
            for (const auto& [id, name] : recoveries_) {
                const ir::StreamId other = find(scope_.streams, name, "stream", diagnostics(), others_);
                if (other == id) {
                    diagnostics()
                        .report(diag::recovers_itself, name.range, name.text)
                        .help("name the stream whose failures this one repairs");
                } else {
                    scope_.model.streams[id].recovers = other;
                }
            }
        }

        void keep_own() {
            for (const auto& [key, stream] : scope_.streams)
                if (std::binary_search(ids_.begin(), ids_.end(), stream.id)) own_.streams.emplace(key, stream);
            std::erase_if(own_.teams, [&](const auto& entry) { return entry.second.range.file != file_.id; });
        }

        ModelLowering& all_;
        const ast::File& file_;
        Scope& scope_;
        Exports& own_;
        Calendar calendar_;
        Namesakes others_;
        std::vector<const ast::Stream*> streams_;
        std::vector<const ast::Future*> futures_;
        std::vector<ir::StreamId> stream_ids_, future_ids_, ids_;  ///< ascending
        std::set<ir::StreamId> done_;
        std::map<const void*, SourceRange> keywords_;
        std::vector<std::pair<ir::StreamId, ast::Word>> recoveries_;
    };

    Diagnostics& diagnostics_;
    std::span<Trial> trials_;
    ir::Model model_;
    std::map<const Unit*, Exports> exports_;
    std::map<ir::StreamId, StreamDraft> drafts_;
    DraftKey next_key_ = 1;
    bool crowded_ = false;
    Held copied_;            ///< by all futures
    bool too_much_ = false;  ///< reported already
    Held in_interims_;
    std::size_t looked_through_ = 0;
};

}  // namespace

ir::Model lower(const Unit& unit, Diagnostics& diagnostics, std::span<Trial> trials) {
    return ModelLowering(diagnostics, trials).run(unit);
}

}  // namespace vsm::lower
