#include <algorithm>

#include "base/text.h"
#include "compiler/format/tree.h"

namespace vsm::format {
namespace {

/// A comment on a line of its own that is not attached yet.
struct Pending {
    std::string_view text;
    bool blank_before = false;
};

/// The gap between two words, or between a word and a comment.
struct Gap {
    unsigned line_ends = 0;
    bool blank_line() const { return line_ends > 1; }
    bool same_line() const { return line_ends == 0; }
};

class Builder {
public:
    Builder(const parse::Reading& reading, const SourceFile& source, Tree& tree)
        : reading_(reading), text_(source.text()), tree_(tree) {
        tree_.words.reserve(reading.words.size());
        for (const parse::Token& token : reading.words)
            tree_.words.push_back({token.kind, text_.substr(token.begin, token.end - token.begin)});
    }

    void file() { items(reading_.file.block, tree_.file, static_cast<std::uint32_t>(text_.size())); }

private:
    Gap gap_before(std::uint32_t begin) const {
        Gap gap;
        for (std::uint32_t at = last_end_; at < begin; ++at) {
            const bool line_end = text_[at] == '\n' || text_[at] == '\r';
            if (line_end && !(text_[at] == '\n' && at > last_end_ && text_[at - 1] == '\r')) ++gap.line_ends;
        }
        return gap;
    }

    std::size_t column_of(std::uint32_t at) const {
        const std::size_t line_end = at == 0 ? std::string_view::npos : text_.find_last_of("\r\n", at - 1);
        const std::size_t begin = line_end == std::string_view::npos ? 0 : line_end + 1;
        return display_width(text_.substr(begin, at - begin));
    }

    /// The next comment if it begins before `end`; otherwise null.
    const SourceRange* comment_before(std::uint32_t end) const {
        const auto& comments = reading_.file.comments;
        return comment_ < comments.size() && comments[comment_].begin < end ? &comments[comment_] : nullptr;
    }

    std::string_view take_comment() {
        const SourceRange& range = reading_.file.comments[comment_++];
        last_end_ = range.end;
        const std::string_view text = text_.substr(range.begin, range.end - range.begin);
        return text.substr(0, text.find_last_not_of(" \t") + 1);
    }

    /// Takes the comments up to `end`: those after the last word on its line go to `behind`, the others are returned.
    std::vector<Pending> comments_before(std::uint32_t end, Comment* behind) {
        std::vector<Pending> pending;
        std::size_t column = 0;
        for (const SourceRange* next = comment_before(end); next != nullptr; next = comment_before(end)) {
            const Gap gap = gap_before(next->begin);
            const std::size_t own_column = column_of(next->begin);
            const bool goes_on = column > 0 && pending.empty() && own_column == column && gap.line_ends == 1;
            if (behind != nullptr && (goes_on || (gap.same_line() && behind->empty() && pending.empty()))) {
                column = own_column;
                behind->push_back(take_comment());
            } else {
                const bool blank = gap.blank_line();
                pending.push_back({take_comment(), blank});
            }
        }
        return pending;
    }

    /// Turns comments that a blank line separates from the next item into nodes of their own; returns the others.
    static std::vector<Pending> set_apart(std::vector<Pending> pending, bool blank_behind, Block& made) {
        std::size_t from = 0;
        for (std::size_t at = 1; at <= pending.size(); ++at) {
            const bool paragraph_ends = at == pending.size() ? blank_behind : pending[at].blank_before;
            if (!paragraph_ends) continue;
            Node apart;
            apart.blank_before = pending[from].blank_before;
            for (; from < at; ++from) apart.above.push_back(pending[from].text);
            made.items.push_back(std::move(apart));
        }
        pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(from));
        return pending;
    }

    void skip_to(std::uint32_t begin) {
        while (word_ < reading_.words.size() && reading_.words[word_].begin < begin) ++word_;
    }

    void items(const ast::Block& block, Block& made, std::uint32_t end) {
        made.items.reserve(block.items.size());
        for (const ast::Item& item : block.items) {
            std::vector<Pending> pending = comments_before(item.range.begin, behind(made));
            const bool blank = gap_before(item.range.begin).blank_line();
            pending = set_apart(std::move(pending), blank, made);
            Node node;
            node.item = &item;
            node.blank_before = pending.empty() ? blank : pending.front().blank_before;
            for (const Pending& comment : pending) node.above.push_back(comment.text);
            fill(item, node);
            made.items.push_back(std::move(node));
        }
        std::vector<Pending> pending = comments_before(end, behind(made));
        set_apart(std::move(pending), true, made);
        if (!made.items.empty()) made.items.front().blank_before = false;
    }

    /// The owner of a comment at the end of the last line.
    static Comment* behind(Block& made) {
        if (made.items.empty()) return made.given ? &made.opening : nullptr;
        return made.items.back().item != nullptr ? &made.items.back().beside : nullptr;
    }

    void fill(const ast::Item& item, Node& node) {
        const ast::Block* block = block_of(item);
        const bool given = block != nullptr && block->given();
        skip_to(item.range.begin);
        const std::size_t first = word_;
        const std::uint32_t head_end = given ? block->range.begin : item.range.end;
        skip_to(head_end);
        node.head = std::span<const Word>(tree_.words).subspan(first, word_ - first);
        while (comment_before(head_end) != nullptr) node.above.push_back(take_comment());
        last_end_ = head_end;
        if (given) fill_block(*block, node.block);
        last_end_ = item.range.end;
    }

    void fill_block(const ast::Block& block, Block& made) {
        made.given = true;
        last_end_ = block.range.begin + 1;
        items(block, made, block.range.end - 1);
        const std::string_view written = text_.substr(block.range.begin, block.range.end - block.range.begin);
        // Every enclosing block would scan a long one again.
        made.one_line = written.substr(0, longest_one_line).find_first_of("\r\n") == std::string_view::npos &&
                        written.size() <= longest_one_line;
    }

    static constexpr std::size_t longest_one_line = 4096;

    const parse::Reading& reading_;
    std::string_view text_;
    Tree& tree_;
    std::size_t word_ = 0;
    std::size_t comment_ = 0;
    std::uint32_t last_end_ = 0;
};

}  // namespace

const ast::Block* block_of(const ast::Item& item) {
    struct Find {
        const ast::Block* operator()(const ast::Team& team) const { return &team.block; }
        const ast::Block* operator()(const ast::Stream& stream) const { return &stream.block; }
        const ast::Block* operator()(const ast::Future& future) const { return &future.block; }
        const ast::Block* operator()(const ast::Element& element) const { return &element.block; }
        const ast::Block* operator()(const ast::Rework& rework) const { return &rework.block; }
        const ast::Block* operator()(const ast::Kaizen& kaizen) const { return &kaizen.block; }
        const ast::Block* operator()(const ast::Change& change) const { return &change.block; }
        const ast::Block* operator()(const ast::Add& add) const { return inner(add.added); }
        const ast::Block* operator()(const ast::Replace& replace) const { return inner(replace.added); }
        const ast::Block* operator()(const ast::Import&) const { return nullptr; }
        const ast::Block* operator()(const ast::Goal&) const { return nullptr; }
        const ast::Block* operator()(const ast::Note&) const { return nullptr; }
        const ast::Block* operator()(const ast::Allow&) const { return nullptr; }
        const ast::Block* operator()(const ast::Remove&) const { return nullptr; }
        const ast::Block* operator()(const ast::Move&) const { return nullptr; }
        static const ast::Block* inner(const std::vector<ast::Item>& added) {
            return added.empty() ? nullptr : block_of(added.front());
        }
    };
    const auto* statement = item.statement();
    return statement == nullptr ? nullptr : std::visit(Find{}, *statement);
}

Tree build_tree(const parse::Reading& reading, const SourceFile& source) {
    Tree tree;
    Builder(reading, source, tree).file();
    return tree;
}

}  // namespace vsm::format
