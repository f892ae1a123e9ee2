#include "compiler/lower/stream_size.h"

namespace vsm::lower {
namespace {

constexpr std::size_t letters_of_an_entry = 100;

class Counter {
public:
    void add(const Drafts& drafts) {
        for (const Shared<Draft>& draft : drafts) add(*draft);
    }

    void add(const DraftStream& draft) {
        const ir::Stream& stream = draft.stream;
        for (const ir::Text* text : {&stream.name, &stream.title, &stream.outcome, &stream.owner, &stream.trigger,
                                     &stream.customer, &stream.supplier, &stream.link})
            add(text->value);
        add(stream.extras);
        add(draft.remarks);
        add(draft.elements);
    }

    StreamSize total() const { return {elements_, entries_ + letters_ / letters_of_an_entry}; }

private:
    void add(const Draft& draft) {
        ++elements_;
        const ir::Element& element = *draft.element;
        for (const ir::Text* text : {&element.name, &element.title, &element.link}) add(text->value);
        add(element.extras);
        add(draft.remarks);
        add(draft.teams);
        if (draft.after) add(*draft.after);
        for (const DraftRework& rework : draft.reworks) add(rework.teams);
        entries_ += draft.reworks.size();
        if (const auto* step = ir::step_of(element)) add(*step);
        add(draft.children);
    }

    void add(const ir::Step& step) {
        entries_ += step.tools.size();
        for (const std::string& tool : step.tools) add(tool);
        for (const auto* evidence : {&step.measured, &step.estimated})
            if (*evidence) add((*evidence)->source);
    }

    void add(const std::vector<ir::Extra>& extras) {
        entries_ += extras.size();
        for (const ir::Extra& extra : extras) {
            entries_ += extra.values.size();
            add(extra.name.value);
            for (const std::string& value : extra.values) add(value);
        }
    }

    void add(const DraftRemarks& remarks) {
        entries_ += remarks.notes.size() + remarks.kaizens.size() + remarks.allows.size();
        for (const auto& note : remarks.notes) add(note.remark.text);
        for (const auto& kaizen : remarks.kaizens)
            for (const ir::Text* text :
                 {&kaizen.remark.title, &kaizen.remark.owner, &kaizen.remark.capability, &kaizen.remark.link})
                add(text->value);
        for (const ir::Allow& allow : remarks.allows) add(allow.reason);
    }

    void add(const std::vector<ast::Word>& words) {
        entries_ += words.size();
        for (const ast::Word& word : words) add(word.text);
    }

    void add(const std::vector<After>& after) {
        entries_ += after.size();
        for (const After& one : after) add(one.name.text);
    }

    void add(const std::string& text) { letters_ += text.size(); }

    std::size_t elements_ = 0, entries_ = 0, letters_ = 0;
};

}  // namespace

StreamSize size_of(const Drafts& drafts) {
    Counter counter;
    counter.add(drafts);
    return counter.total();
}

StreamSize size_of(const DraftStream& stream) {
    Counter counter;
    counter.add(stream);
    return counter.total();
}

}  // namespace vsm::lower
