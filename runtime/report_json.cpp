#include <fmt/format.h>

#include "base/json.h"
#include "runtime/ratio_digits.h"
#include "runtime/report.h"

namespace vsm::runtime {
namespace {

constexpr auto line = JsonWriter::Layout::line;

class Writer {
public:
    std::string run(std::span<const FileMetrics> files) {
        json_.object().member("version", 1).key("streams").array();
        for (const FileMetrics& file : files)
            for (const StreamMetrics& metrics : file.streams) stream(file, metrics);
        json_.close().close();
        return json_.finish();
    }

private:
    void stream(const FileMetrics& file, const StreamMetrics& metrics) {
        const ir::Stream& stream = file.model->stream(metrics.stream);
        calendar_ = stream.calendar;
        json_.object().member("name", stream.name.value).key("title");
        text_or_null(stream.title.value);
        json_.member("file", file.path).key("of");
        if (stream.future)
            json_.value(file.model->stream(stream.future->of).name.value);
        else
            json_.null();
        json_.key("by");
        if (stream.future && stream.future->by)
            json_.value(format_date(*stream.future->by));
        else
            json_.null();
        calendar();
        figures(metrics.mean);
        json_.member("rolled_ca_skipped", metrics.rolled_ca_skipped);
        json_.member("steps", metrics.steps).member("handoffs", metrics.handoffs);
        json_.key("best").object();
        figures(metrics.best);
        json_.close().key("worst").object();
        figures(metrics.worst);
        json_.close();
        unknown(stream, metrics.unknown);
        json_.key("elements").array();
        elements(stream, metrics, stream.body.elements);
        json_.close().close();
    }

    void calendar() {
        const double hour = 3600.0 * microseconds_per_second;
        const auto day = static_cast<double>(calendar_.day.microseconds);
        json_.key("calendar").object(line).member("hours_per_day", day / hour);
        json_.member("days_per_week", static_cast<double>(calendar_.week.microseconds) / day).close();
    }

    void figures(const Figures& figures) {
        time("lead_time", figures.lead_time);
        time("process_time", figures.process_time);
        time("wait_time", figures.wait_time);
        time("total_process_time", figures.total_process_time);
        ratio("activity_ratio", figures.activity_ratio);
        ratio("pce", figures.pce);
        ratio("rolled_ca", figures.rolled_ca.value);
        if (figures.rolled_ca.at_most) ratio("rolled_ca_at_most", figures.rolled_ca.at_most);
    }

    void unknown(const ir::Stream& stream, const std::vector<Unknown>& unknowns) {
        json_.key("unknown").array();
        for (const Unknown& unknown : unknowns) {
            json_.object(line).member("key", ir::info_of(unknown.metric).key).key("because").array();
            for (const ir::ElementId id : unknown.because) json_.value(stream.elements[id].label);
            json_.close().close();
        }
        json_.close();
    }

    void elements(const ir::Stream& stream, const StreamMetrics& metrics, const std::vector<ir::ElementId>& ids) {
        for (const ir::ElementId id : ids) {
            const ir::Element& element = stream.elements[id];
            const auto* branch = std::get_if<ir::Branch>(&element.what);
            if (branch == nullptr || !branch->implicit) one(element, metrics.elements[id]);
            elements(stream, metrics, ir::children_of(element));
        }
    }

    void one(const ir::Element& element, const ElementMetrics& metrics) {
        json_.object().member("name", element.label).member("kind", ir::keyword_of(element));
        time("lead_time", metrics.lead_time);
        time("process_time", metrics.process_time);
        time("wait_time", metrics.wait_time);
        ratio("ca", metrics.ca);
        json_.key("on_timeline");
        if (metrics.on_timeline == OnTimeline::undecided)
            json_.null();
        else
            json_.value(metrics.on_timeline == OnTimeline::yes);
        json_.close();
    }

    /// Null when unknown; the bound then follows under a key of its own.
    void time(std::string_view key, const TimeFigure& figure) {
        if (!figure.known) json_.key(key).null();
        json_.key(figure.known ? std::string(key) : fmt::format("{}_at_least", key)).object(line);
        json_.member("seconds", figure.microseconds / microseconds_per_second);
        json_.member("text", format_duration(figure.microseconds, calendar_)).close();
    }

    void ratio(std::string_view key, const std::optional<double>& ratio) {
        json_.key(key);
        if (ratio)
            json_.number(ratio_digits(*ratio));
        else
            json_.null();
    }

    void text_or_null(const std::string& text) {
        if (text.empty())
            json_.null();
        else
            json_.value(text);
    }

    JsonWriter json_;
    Calendar calendar_;
};

}  // namespace

std::string metrics_json(std::span<const FileMetrics> files) { return Writer().run(files); }

}  // namespace vsm::runtime
