// Repairs items that cannot be parsed: inserts the keyword, colon or brace that was most likely meant, or gives the
// item up. Reports each once. Does not depend on when ANTLR asks for it.
// Private to compiler/parse; includes no ANTLR header.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/antlr/recovery.h"
#include "compiler/parse/repair/broken_item.h"

namespace antlr4 {
class RuleContext;
}  // namespace antlr4

namespace vsm::parse {

/// What the error strategy decides about items: where to read again, or that one is skipped.
class ItemRepair {
protected:
    ItemRepair(TokenEditor& tokens, const SourceFile& source, Diagnostics& diagnostics, ParseOutcome& outcome)
        : tokens_(tokens), source_(source), diagnostics_(diagnostics), outcome_(outcome), guess_(tokens, source) {}

    /// Reports an item of `context` that cannot be parsed. Then repairs it and has it read again, or gives it up.
    void repair_item(antlr4::ParserRuleContext* context, std::size_t at);
    /// The same for a token that cannot begin an item.
    void repair_stray(antlr4::ParserRuleContext* context, std::size_t at);

    bool keyword_near(std::size_t at, const std::vector<TokenKind>& candidates);
    /// Suggests the complete statement.
    std::string completed(std::size_t at) const;
    std::string completed_goal(std::size_t at) const;
    void mark_damaged(const antlr4::RuleContext* context);
    void give_up_item(const antlr4::RuleContext* context);

    TokenKind kind_at(std::size_t at) const { return at < tokens_.count() ? tokens_.at(at).kind : TokenKind::end; }
    SourceRange range(std::size_t at) const {
        const Token& token = tokens_.at(at);
        return {source_.id(), token.begin, token.end};
    }
    std::string_view text(std::size_t at) const { return source_.text(range(at)); }
    bool same_line(std::size_t at) const { return at < tokens_.count() && !tokens_.at(at).first_on_line; }
    /// Whether this is the first error on its line. Later ones are mostly consequences of it.
    bool first_on_its_line(std::size_t at) { return lines_.insert(source_.line_of(tokens_.at(at).begin)).second; }
    void retry(std::size_t at) { retry_at_ = at; }
    /// Whether an item may be repaired again: twice at most, then it is skipped.
    bool may_repair(std::size_t at) { return ++repairs_[tokens_.at(at).begin] <= 2; }

    TokenEditor& tokens_;
    const SourceFile& source_;
    Diagnostics& diagnostics_;
    ParseOutcome& outcome_;
    std::optional<std::size_t> retry_at_;  ///< position of an item that was repaired
    bool skip_ = false;                    ///< the item was given up
    std::set<std::uint32_t> lines_;        ///< lines with a report

private:
    /// `process = 1h`: a property, unless it may be a goal without its keyword.
    bool is_assigned(const antlr4::RuleContext* context, std::size_t at);
    void put_colon(std::size_t at);
    /// The keyword nearest to the word at `at`; of several, one whose statement could go on as the item does.
    std::optional<std::string_view> nearest_keyword(std::size_t at) const;
    /// Whether some block has a property with a similar name.
    bool likely_property(std::size_t at) const;
    /// `by`, `to`, `on` … after a statement that does not take them, or without what must follow them.
    void report_loose(antlr4::ParserRuleContext* context, std::size_t at);
    /// `target lead_time <= 3d bz 2027-03-31`: parses the goal before again, with `by`.
    bool misspelt_by(antlr4::ParserRuleContext* context, std::size_t at);
    /// Completes a statement whose keyword is there, but not what must follow it.
    void complete_statement(antlr4::ParserRuleContext* context, std::size_t at);
    /// A name from a title that the file does not use yet.
    std::string free_name_for(std::string_view title);
    /// `task review "…" {`: an unknown keyword before a name.
    void replace_keyword(antlr4::ParserRuleContext* context, std::size_t at);
    void put_keyword(std::size_t at, TokenKind keyword);
    /// A stray token after a property's value on the same line was most likely meant to be part of the value.
    void blame_property_before(antlr4::ParserRuleContext* context, std::size_t at);
    /// `step: review { … }`: the previous item was parsed as a property, but its name is a keyword.
    bool unwanted_colon(antlr4::ParserRuleContext* context, std::size_t at);

    ItemGuess guess_;
    std::map<std::uint32_t, int> repairs_;
    std::set<std::string> names_;  ///< names in the file; filled when a name is first generated
};

}  // namespace vsm::parse
