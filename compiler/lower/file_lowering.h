// Lowers a file after its imports: teams, then streams, then futures. The state of the whole map, and of one file.
// Private to compiler/lower.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/lower/scope.h"
#include "compiler/lower/stream_size.h"
#include "compiler/lower/values/value_texts.h"

namespace vsm::lower {

/// The names that a lowered file declares, for its importers.
struct Exports {
    Names<ir::TeamId> teams;
    Names<ir::StreamId> streams;
};

/// A future after some of its edits, reduced to what metrics need. Of its edits, only their number remains.
struct HalfMade {
    std::size_t edits = 0;
    DraftStream draft;
};

/// The draft of a stream, kept until all futures are lowered.
struct StreamDraft {
    DraftStream draft;
    Shared<Names<ir::TeamId>> teams;
    std::optional<StreamSize> held;  ///< measured when a future is based on it
    std::vector<HalfMade> interims;  ///< of a future: after each part of its edits but the last
};

/// The model so far, and what all of its files share.
class ModelLowering {
public:
    ModelLowering(Diagnostics& diagnostics, std::span<Trial> trials) : diagnostics_(diagnostics), trials_(trials) {}

    ir::Model run(const Unit& unit);

private:
    const Exports& lower_unit(const Unit& unit, bool imported);
    void take_in(const Exports& other, Scope& scope);

    friend class FileLowering;

    Diagnostics& diagnostics_;
    std::span<Trial> trials_;
    ir::Model model_;
    std::map<const Unit*, Exports> exports_;
    std::map<ir::StreamId, StreamDraft> drafts_;
    DraftKey next_key_ = 1;
    bool crowded_ = false;
    StreamSize copied_;      ///< by all futures
    bool too_much_ = false;  ///< reported already
    StreamSize in_interims_;
    std::size_t looked_through_ = 0;
};

/// Lowers one file: its teams, then its streams, then its futures, each after its base.
class FileLowering {
public:
    FileLowering(ModelLowering& all, const ast::File& file, Scope& scope, Exports& own)
        : all_(all), file_(file), scope_(scope), own_(own) {}

    void run();

private:
    Diagnostics& diagnostics() { return scope_.diagnostics; }

    void lower_teams();

    /// Lowers the remarks and goals at the top of the file, where only `allow` is permitted.
    void lower_allows();

    ir::StreamId add_stream(const ast::Word& name);
    void declare_stream(const ast::Item& item);

    /// Whether one more stream fits.
    bool has_room(SourceRange keyword);

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
    void resolve_stream(ir::StreamId id);

    /// A copy if imported, because futures of other files may be based on the draft.
    DraftStream taken(DraftStream& draft) { return scope_.imported ? draft : std::move(draft); }

    void lower_stream(const ast::Stream& node, ir::StreamId id);

    /// Applies the trials. Elements that a future takes over were changed in its base.
    void try_out(DraftStream& draft, const DraftStream* base);

    static bool has_element(const Drafts& drafts, const std::string& name);

    /// Reads the calendar first, because every time depends on the length of `d` and `w`.
    void settle_calendar(const ast::Stream& node, ir::Stream& stream);

    /// A future to lower, and its base.
    struct Pending {
        std::size_t index;
        ir::StreamId base;  ///< invalid if there is none, or if it leads back here (reported)
    };

    /// Lowers a future after the futures that it is based on. Uses no recursion, because the chain may be long.
    void lower_future(std::size_t index);

    bool is_sound(ir::StreamId base) const;
    void make_future(std::size_t index, ir::StreamId base);

    /// Ignores errors in a future halfway through its edits, because nobody wrote them.
    void resolve_interims(ir::StreamId id);

    /// Whether the base may be copied. Futures are copies: many of a long stream would take too much memory.
    bool may_copy(const StreamSize& held, const ast::Future& node);
    /// Whether the edits may be applied. Each edit searches for its element and moves others.
    bool may_edit(const StreamSize& held, const ast::Future& node);
    static std::size_t edits_of(const ast::Block& block);
    /// Finds the base of a future. An unknown name may be misspelt, but the future itself was not meant.
    ir::StreamId find_base(const ast::Future& node);

    void drop(StreamDraft& kept, const ast::Future& node);

    /// Reports a cycle of futures with its path. The last future of the chain is based on one of the others.
    void report_circle(const std::vector<Pending>& chain);
    std::size_t index_of(ir::StreamId id) const {
        return static_cast<std::size_t>(std::lower_bound(future_ids_.begin(), future_ids_.end(), id) -
                                        future_ids_.begin());
    }

    void link_recoveries();
    void keep_own();

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

}  // namespace vsm::lower
