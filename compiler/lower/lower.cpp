#include "compiler/lower/lower.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/lower/edits.h"
#include "compiler/lower/elements.h"
#include "compiler/lower/file_lowering.h"
#include "compiler/lower/resolve.h"
#include "diag/check.h"
#include "diag/lower.h"
#include "diag/parse.h"

namespace vsm::lower {
namespace {

std::vector<ir::Import> imports_of(const Unit& unit) {
    std::vector<ir::Import> imports;
    for (const ast::Item& item : unit.file->block.items) {
        const auto* statement = item.statement();
        const auto* import = statement == nullptr ? nullptr : std::get_if<ast::Import>(statement);
        if (import == nullptr) continue;
        const auto linked = std::find_if(unit.linked.begin(), unit.linked.end(),
                                         [&](const Unit::Linked& one) { return one.import == import; });
        if (linked != unit.linked.end())
            imports.push_back({{import->path.value, import->path.range}, linked->unit->file->id, item.range});
    }
    return imports;
}

}  // namespace

ir::Model ModelLowering::run(const Unit& unit) {
    model_.file = unit.file->id;
    model_.imports = imports_of(unit);
    lower_unit(unit, false);
    return std::move(model_);
}

const Exports& ModelLowering::lower_unit(const Unit& unit, bool imported) {
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

void ModelLowering::take_in(const Exports& other, Scope& scope) {
    for (const auto& [key, team] : other.teams) {
        if (!model_.teams[team.id].declared) continue;
        declare(scope.teams, team.name, team.range, team.id, diagnostics_);
        scope.teams_declared = true;
    }
    for (const auto& [key, stream] : other.streams)
        declare(scope.streams, stream.name, stream.range, stream.id, diagnostics_);
}

void FileLowering::run() {
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

void FileLowering::lower_teams() {
    ValueReader values(diagnostics(), calendar_);
    for (const ast::Item& item : file_.block.items) {
        const auto* statement = item.statement();
        if (statement == nullptr) continue;
        if (const auto* team = std::get_if<ast::Team>(statement)) lower_team(*team, scope_, values, scope_.teams, {});
        // If a stream declares a team, every team name must be declared.
        if (const auto* stream = std::get_if<ast::Stream>(statement))
            for (const ast::Item& inner : stream->block.items)
                if (const auto* said = inner.statement(); said != nullptr && std::holds_alternative<ast::Team>(*said))
                    scope_.teams_declared = true;
    }
}

void FileLowering::lower_allows() {
    ValueReader values(diagnostics(), calendar_);
    DraftRemarks remarks;
    BlockContext target{PropertyContext{on_future, scope_, values}};
    target.remarks = &remarks;
    target.where = "the file";
    GivenProperties given;
    bool element_outside = false;
    for (const ast::Item& item : file_.block.items) {
        const auto* statement = item.statement();
        if (statement == nullptr) {
            const auto& property = *item.property();
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
            lower_item(item, target, given);
        }
    }
    if (!scope_.imported) scope_.model.allows = remarks.allows;
}

ir::StreamId FileLowering::add_stream(const ast::Word& name) {
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

void FileLowering::declare_stream(const ast::Item& item) {
    const auto* statement = item.statement();
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

bool FileLowering::has_room(SourceRange keyword) {
    if (scope_.model.streams.size() < most_streams) return true;
    others_.incomplete = true;
    if (!std::exchange(scope_.crowded, true))
        diagnostics()
            .report(diag::out_of_range, keyword, fmt::format("a map with {} streams and futures", most_streams + 1),
                    fmt::format("the {} that one map may have", most_streams))
            .help("put them into files of their own");
    return false;
}

void FileLowering::resolve_stream(ir::StreamId id) {
    DraftStream& draft = all_.drafts_[id].draft;
    const bool unread = draft.stream.future && diagnostics().error_count() >= most_errors;
    if (!scope_.full() && !unread) return resolve(taken(draft), id, *all_.drafts_[id].teams, scope_);
    scope_.model.streams[id].range = draft.stream.range;
    scope_.model.streams[id].damaged = true;
}

void FileLowering::lower_stream(const ast::Stream& node, ir::StreamId id) {
    StreamDraft& kept = all_.drafts_[id];
    DraftStream& draft = kept.draft;
    draft.stream = head_of(node);
    settle_calendar(node, draft.stream);
    ValueReader values(diagnostics(), draft.stream.calendar);
    for (const ast::Item& item : node.block.items)
        if (const auto* said = item.statement())
            if (const auto* team = std::get_if<ast::Team>(said))
                lower_team(*team, scope_, values, kept.teams.change(), id);
    ast::Word recovers;
    BlockContext target{PropertyContext{on_stream, scope_, values}};
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

void FileLowering::try_out(DraftStream& draft, const DraftStream* base) {
    for (Trial& trial : all_.trials_) {
        if (!has_element(draft.elements, trial.element) ||
            (base != nullptr && has_element(base->elements, trial.element)))
            continue;
        apply_change(*trial.change, draft, scope_);
        trial.used = true;
    }
}

bool FileLowering::has_element(const Drafts& drafts, const std::string& name) {
    return std::any_of(drafts.begin(), drafts.end(), [&](const Shared<Draft>& draft) {
        return draft->element->name.value == name || has_element(draft->children, name);
    });
}

void FileLowering::settle_calendar(const ast::Stream& node, ir::Stream& stream) {
    Diagnostics reported_later;
    ValueReader values(reported_later, calendar_);
    for (const ast::Item& item : node.block.items) {
        const auto* property = item.property();
        if (property == nullptr) continue;
        if (property->name.text == "recovers" && !stream.calendar_given) stream.calendar = round_the_clock;
        if (property->name.text != "calendar") continue;
        if (const auto read = values.calendar(property->value)) {
            stream.calendar = *read;
            stream.calendar_given = true;
        }
    }
}

void FileLowering::link_recoveries() {
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

void FileLowering::keep_own() {
    for (const auto& [key, stream] : scope_.streams)
        if (std::binary_search(ids_.begin(), ids_.end(), stream.id)) own_.streams.emplace(key, stream);
    std::erase_if(own_.teams, [&](const auto& entry) { return entry.second.range.file != file_.id; });
}

ir::Model lower(const Unit& unit, Diagnostics& diagnostics, std::span<Trial> trials) {
    return ModelLowering(diagnostics, trials).run(unit);
}

}  // namespace vsm::lower
