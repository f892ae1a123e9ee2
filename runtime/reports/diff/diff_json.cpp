#include "base/writers/json.h"
#include "runtime/reports/diff/diff_report.h"
#include "runtime/reports/diff/diff_words.h"
#include "runtime/words/ratio_digits.h"

namespace vsm::runtime {
namespace {

constexpr auto line = JsonWriter::Layout::line;

class Writer {
public:
    std::string run(std::span<const DiffedMap> maps) {
        bool changed = false, worse = false;
        for (const DiffedMap& map : maps) changed = changed || !map.empty(), worse = worse || map.change.worse();
        json_.object().member("version", 1).member("changed", changed).member("worse", worse).key("maps").array();
        for (const DiffedMap& map : maps)
            if (!map.empty()) add(map);
        json_.close().close();
        return json_.finish();
    }

private:
    void text_or_null(std::string_view key, const std::string& text) {
        json_.key(key);
        if (text.empty())
            json_.null();
        else
            json_.value(text);
    }

    void side(std::string_view key, const std::string& path, bool broken) {
        json_.key(key);
        if (path.empty()) return void(json_.null());
        json_.object(line).member("path", path).member("compiles", !broken).close();
    }

    void add(const DiffedMap& map) {
        json_.object();
        side("before", map.before_path, map.before_broken);
        side("after", map.after_path, map.after_broken);
        if (!map.may_hold.empty()) {
            json_.key("may_contain").array();
            for (const auto& [name, path] : map.may_hold)
                json_.object(line).member("stream", name).member("before", path).close();
            json_.close();
        }
        json_.key("teams").array();
        for (const TeamChange& one : map.change.teams) {
            json_.object();
            text_or_null("name", one.name);
            json_.member("change", name_of(one.kind));
            values(one.values);
            json_.close();
        }
        json_.close().key("streams").array();
        for (const StreamChange& one : map.change.streams) add(map, one);
        json_.close().key("findings").object();
        findings("new", map.change.new_findings, map.after_sources);
        findings("fixed", map.change.fixed_findings, map.before_sources);
        json_.close().close();
    }

    void findings(std::string_view key, const std::vector<Diagnostic>& all, const SourceSet* sources) {
        json_.key(key).array();
        for (const Diagnostic& one : all) {
            const DiagnosticInfo& info = info_of(one.code);
            json_.object(line)
                .member("code", text_of(one.code))
                .member("name", info.name)
                .member("severity", vsm::name_of(one.severity))
                .key("line");
            if (one.range.valid())
                json_.value(std::size_t{(*sources)[one.range.file].position(one.range.begin).line});
            else
                json_.null();
            json_.member("message", one.message).close();
        }
        json_.close();
    }

    void values(const std::vector<ValueChange>& all) {
        json_.key("properties").array();
        for (const ValueChange& one : all) {
            json_.object(line).member("name", one.name);
            text_or_null("before", one.before);
            text_or_null("after", one.after);
            json_.close();
        }
        json_.close();
    }

    void add(const DiffedMap& map, const StreamChange& change) {
        const ir::Stream& stream = stream_of(map, change);
        json_.object().member("name", stream.name.value);
        text_or_null("title", stream.title.value);
        text_or_null("name_before", change.before.valid() ? map.before.model->stream(change.before).name.value : "");
        text_or_null("future_of", stream.future ? model_of(map, change).stream(stream.future->of).name.value : "");
        json_.member("change", name_of(change.kind()))
            .member("follows", change.follows)
            .member("news", sentence(news_of(map, change)));
        values(change.values);
        json_.key("elements").array();
        for (const ElementChange& one : change.elements) add(map, change, one);
        json_.close().key("figures").array();
        for (const FigureChange& one : change.figures) add(map, change, one);
        json_.close().key("targets").array();
        for (const TargetChange& one : change.targets) add(one);
        json_.close().close();
    }

    static std::string sentence(const News& news) {
        std::string text = news.first;
        for (const std::string& one : news.further) text += " " + one;
        return text;
    }

    void add(const DiffedMap& map, const StreamChange& change, const ElementChange& one) {
        const bool removed = one.kind() == ChangeKind::removed;
        const ir::Stream& stream =
            removed ? map.before.model->stream(change.before) : map.after.model->stream(change.after);
        const ir::Element& element = stream.elements[removed ? one.before : one.after];
        json_.object().member("name", element.label).member("statement", ir::keyword_of(element));
        text_or_null("title", element.title.value);
        text_or_null("name_before",
                     one.before.valid() ? map.before.model->stream(change.before).elements[one.before].label : "");
        json_.member("change", name_of(one.kind())).key("moved");
        if (one.moved())
            json_.object(line).member("from", one.moved_from).member("to", one.moved_to).close();
        else
            json_.null();
        values(one.values);
        json_.close();
    }

    /// Seconds, shares of 1, counts, or rates per working day.
    static std::optional<double> number_of(ir::Metric metric, const std::optional<double>& value,
                                           const ir::Stream& stream) {
        if (!value) return std::nullopt;
        const ir::MetricType type = ir::info_of(metric).type;
        if (type == ir::MetricType::time) return *value / microseconds_per_second;
        return type == ir::MetricType::rate
                   ? *value * static_cast<double>(stream.calendar.day.microseconds) / microseconds_per_second
                   : *value;
    }

    void number(std::string_view key, ir::Metric metric, const std::optional<double>& number) {
        json_.key(key);
        if (number)
            json_.number(figure_digits(metric, *number));
        else
            json_.null();
    }

    void value(std::string_view key, ir::Metric metric, const MetricValue& value, const ir::Stream& stream,
               const std::string& text) {
        json_.key(key).object(line);
        if (ir::info_of(metric).type == ir::MetricType::name) {
            text_or_null("name", value.name);
        } else {
            number("value", metric, number_of(metric, value.value, stream));
            if (value.at_least) number("at_least", metric, number_of(metric, value.at_least, stream));
            if (value.at_most) number("at_most", metric, number_of(metric, value.at_most, stream));
        }
        json_.member("text", text).close();
    }

    void add(const DiffedMap& map, const StreamChange& change, const FigureChange& one) {
        json_.object().member("key", ir::info_of(one.metric).key);
        const ApartTexts texts = value_texts(map, change, one);
        value("before", one.metric, one.before, map.before.model->stream(change.before), texts.before);
        value("after", one.metric, one.after, map.after.model->stream(change.after), texts.after);
        json_.key("better");
        if (const auto better = is_better(map, change, one))
            json_.value(*better);
        else
            json_.null();
        json_.close();
    }

    void verdict(std::string_view key, const std::optional<Verdict>& verdict) {
        json_.key(key);
        if (verdict)
            json_.value(name_of(*verdict));
        else
            json_.null();
    }

    void add(const TargetChange& one) {
        json_.object(line).member("text", one.text);
        verdict("before", one.before);
        verdict("after", one.after);
        json_.member("worse", one.worse)
            .member("rebased", one.rebased)
            .member("relaxed", one.relaxed)
            .member("tightened", one.tightened)
            .close();
    }

    JsonWriter json_;
};

}  // namespace

std::string diff_json(std::span<const DiffedMap> maps) { return Writer().run(maps); }

}  // namespace vsm::runtime
