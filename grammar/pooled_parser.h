// The base class of the generated parser: its contexts lie in a pool, from which the latest can be dropped while it
// parses. Knows nothing of the language.
#pragma once

#include <Parser.h>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace vsm::grammar {

/// Owns contexts, in the order in which they were made.
class ContextPool {
public:
    ContextPool() = default;
    ContextPool(const ContextPool&) = delete;
    ContextPool& operator=(const ContextPool&) = delete;
    ~ContextPool() { release(0); }

    /// What generated code calls.
    template <class T, class... Args>
    T* createInstance(Args&&... args) {
        static_assert(std::is_base_of_v<antlr4::tree::ParseTree, T> && sizeof(T) <= chunk_bytes);
        static_assert(alignof(T) <= alignof(std::max_align_t));
        void* place =
            take((sizeof(T) + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t));
        T* result = new (place) T(std::forward<Args>(args)...);
        made_.push_back({result, static_cast<std::byte*>(place)});
        return result;
    }

    /// The number of contexts.
    std::size_t size() const { return made_.size(); }

    /// Destroys all contexts but the first `kept`.
    void release(std::size_t kept) {
        if (made_.size() <= kept) return;
        std::byte* const first = made_[kept].place;
        while (made_.size() > kept) {
            std::destroy_at(made_.back().context);
            made_.pop_back();
        }
        while (first < chunks_.back().get() || first >= chunks_.back().get() + chunk_bytes) chunks_.pop_back();
        free_ = first;
    }

private:
    static constexpr std::size_t chunk_bytes = 16 * 1024;
    struct Made {
        antlr4::tree::ParseTree* context;
        std::byte* place;
    };

    void* take(std::size_t bytes) {
        if (chunks_.empty() || static_cast<std::size_t>(chunks_.back().get() + chunk_bytes - free_) < bytes) {
            chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk_bytes));
            free_ = chunks_.back().get();
        }
        return std::exchange(free_, free_ + bytes);
    }

    std::vector<std::unique_ptr<std::byte[]>> chunks_;
    std::byte* free_ = nullptr;  ///< in the last chunk
    std::vector<Made> made_;
};

/// Is told of contexts while they are parsed. (The runtime has listeners for that; with one, it makes a node of every
/// token.)
class ContextWatcher {
public:
    virtual ~ContextWatcher() = default;
    virtual void entered(const antlr4::ParserRuleContext& context) = 0;
    /// Also called if an exception ends a rule.
    virtual void left(const antlr4::ParserRuleContext& context) = 0;
};

class PooledParser : public antlr4::Parser {
public:
    using antlr4::Parser::Parser;

    ContextPool& contexts() { return _tracker; }
    void watch(ContextWatcher& watcher) { watcher_ = &watcher; }

protected:
    // The names that generated code uses; they hide those of the runtime.
    template <class Action>
    struct AtExit {
        Action action;
        ~AtExit() { action(); }
    };
    template <class Action>
    static AtExit<Action> finally(Action action) {
        return {std::move(action)};
    }
    void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t rule) {
        antlr4::Parser::enterRule(context, state, rule);
        if (watcher_ != nullptr) watcher_->entered(*context);
    }
    /// Does what the runtime's does for a parser without listeners, whose dynamic_cast would take a tenth of parsing.
    void exitRule() {
        antlr4::ParserRuleContext* const context = _ctx;
        context->stop = _input->LT(_matchedEOF ? 1 : -1);
        setState(context->invokingState);
        _ctx = static_cast<antlr4::ParserRuleContext*>(context->parent);
        if (watcher_ != nullptr) watcher_->left(*context);
    }
    ContextPool _tracker;

private:
    ContextWatcher* watcher_ = nullptr;
};

}  // namespace vsm::grammar
