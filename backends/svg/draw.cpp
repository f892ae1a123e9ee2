#include "backends/svg/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "backends/svg/blocks.h"
#include "backends/svg/content.h"
#include "backends/svg/picture_style.h"
#include "backends/svg/tags.h"
#include "backends/svg/text_fit.h"

namespace vsm::backends::svg {
namespace {

constexpr double head_length = 7;
constexpr double figure_size = 18;

XmlElement element(XmlName name, std::string_view css) { return XmlElement(name).set("class", css); }

XmlElement words(std::string_view css, double x, double y, std::string_view text) {
    XmlElement made("text");
    if (!css.empty()) made.set("class", css);
    made.set("x", x).set("y", y).text(text);
    return made;
}

XmlElement rect(std::string_view css, const Rect& at, double round = 0) {
    XmlElement made = element("rect", css);
    made.set("x", at.x).set("y", at.y).set("width", at.width).set("height", at.height);
    if (round > 0) made.set("rx", round);
    return made;
}

XmlElement path(std::string_view css, const std::string& data) { return element("path", css).set("d", data); }

/// Adds a tooltip to a group.
void hint(XmlElement& group, const std::string& text) {
    if (!text.empty()) group.add(XmlElement("title").text(text));
}

/// Path data with horizontal and vertical lines where possible: `M1 2H3V4`.
std::string route(const std::vector<Point>& points) {
    std::string data = fmt::format("M{} {}", xml_number(points.front().x), xml_number(points.front().y));
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (points[i].y == points[i - 1].y) {
            data += "H" + xml_number(points[i].x);
        } else if (points[i].x == points[i - 1].x) {
            data += "V" + xml_number(points[i].y);
        } else {
            data += fmt::format("L{} {}", xml_number(points[i].x), xml_number(points[i].y));
        }
    }
    return data;
}

/// An arrowhead at the last point, in the direction of the last segment.
std::string tip(const std::vector<Point>& points) {
    const Point end = points.back(), before = points[points.size() - 2];
    const double length = std::hypot(end.x - before.x, end.y - before.y);
    if (length < 1e-6) return {};
    const double dx = (end.x - before.x) / length, dy = (end.y - before.y) / length;
    const double back_x = end.x - dx * head_length, back_y = end.y - dy * head_length;
    const double half = head_length / 2;
    return fmt::format("M{} {}L{} {}L{} {}z", xml_number(end.x), xml_number(end.y), xml_number(back_x - dy * half),
                       xml_number(back_y + dx * half), xml_number(back_x + dy * half), xml_number(back_y - dx * half));
}

std::string diamond(const Rect& at) {
    return fmt::format("M{} {}L{} {}L{} {}L{} {}z", xml_number(at.x), xml_number(at.middle()), xml_number(at.center()),
                       xml_number(at.y), xml_number(at.right()), xml_number(at.middle()), xml_number(at.center()),
                       xml_number(at.bottom()));
}

std::string triangle(const Rect& at) {
    return fmt::format("M{} {}L{} {}H{}z", xml_number(at.center()), xml_number(at.y), xml_number(at.right()),
                       xml_number(at.bottom()), xml_number(at.x));
}

std::string star(double x, double y) {
    constexpr int points = 9;
    std::string data;
    for (int i = 0; i < points * 2; ++i) {
        const double radius = i % 2 == 0 ? 9.5 : 6.5;
        const double turn = 3.14159265358979 * i / points;
        data += fmt::format("{}{} {}", i == 0 ? "M" : "L", xml_number(x + radius * std::sin(turn)),
                            xml_number(y - radius * std::cos(turn)));
    }
    return data + "z";
}

XmlElement burst(double x, double y, std::size_t number) {
    XmlElement group("g");
    group.add(path("star", star(x, y)));
    group.add(words(number < 100 ? "c px" : "c tiny", x, y + 3, fmt::format("{}", number)));
    return group;
}

void add_tags(XmlElement& group, const std::vector<Tag>& tags, double x, double y, double width) {
    const TagFlow places = flow(tags, width);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const double left = x + places.at[i].x, top = y + places.at[i].y;
        if (tags[i].burst > 0) {
            group.add(burst(left + burst_width / 2, top + tag_row / 2, tags[i].burst));
            continue;
        }
        group.add(rect(tags[i].alert ? "pill al" : "pill", {left, top + 2, tag_width(tags[i]), 14}, 7));
        group.add(words(tags[i].alert ? "px al" : "px", left + 5, top + 12.5, tags[i].text));
    }
}

XmlElement step(const Shape& shape) {
    const Content& content = shape.content;
    XmlElement group("g");
    hint(group, content.full);
    std::string css = "box";
    if (content.mark == Mark::added || content.mark == Mark::changed) css += " chg";
    if (content.mark == Mark::removed) css += " gone";
    if (content.kind == "automated") css += " auto";
    if (content.kind == "approval") css += " appr";
    if (content.kind == "external") css += " ext";
    if (content.hot) css += " hot";
    group.add(rect(css, shape.rect));
    const Rect& box = shape.rect;
    if (content.kind == "automated")
        group.add(path("in", fmt::format("M{} {}V{}M{} {}V{}", xml_number(box.x + 4), xml_number(box.y),
                                         xml_number(box.bottom()), xml_number(box.right() - 4), xml_number(box.y),
                                         xml_number(box.bottom()))));
    if (content.kind == "approval") group.add(rect("in", {box.x + 3, box.y + 3, box.width - 6, box.height - 6}));
    const TagFlow tags = flow(content.tags, box.width - 2 * tag_margin);
    add_tags(group, content.tags, box.center() - tags.width / 2, box.y + 4, box.width - 2 * tag_margin);
    double y = box.y + 18 + tags.height;
    for (const std::string& line : content.title) {
        group.add(words("n c", box.center(), y, line));
        y += line_height;
    }
    if (!content.team.empty()) {
        group.add(words(content.team_changed ? "c ch" : "c", box.center(), y, content.team));
        y += line_height;
    }
    if (!content.kind.empty()) group.add(words("k c", box.center(), y, content.kind));
    if (shape.data.height > 0) {
        group.add(rect("data", shape.data));
        y = shape.data.y + 15;
        for (const DataLine& line : content.data) {
            if (!line.label.empty()) group.add(words("l", shape.data.x + box_padding, y, line.label));
            if (!line.value.empty())
                group.add(words(line.changed ? "v e ch" : "v e", shape.data.right() - box_padding, y, line.value));
            y += line_height;
        }
    }
    return group;
}

XmlElement wait(const Shape& shape) {
    const Content& content = shape.content;
    XmlElement group("g");
    const bool own = shape.kind == Shape::Kind::delay;
    hint(group, own ? std::string() : content.full);
    group.add(path("tri", triangle(shape.rect)));
    double y = shape.rect.bottom() + 14;
    const double x = shape.rect.center();
    if (!own && !content.team.empty()) {
        group.add(words("c", x, y, content.team));
        y += line_height;
    }
    group.add(words("v c", x, y, content.wait));
    if (own) return group;
    for (const std::string& line : content.title) group.add(words("c", x, y += line_height, line));
    const double width = widest(content.tags);
    add_tags(group, content.tags, x - width / 2, y + 4, width);
    return group;
}

XmlElement terminal(const Shape& shape) {
    XmlElement group("g");
    hint(group, shape.content.full);
    group.add(rect("box end", shape.rect, 12));
    double y = shape.rect.y + 18;
    group.add(words(shape.content.title.empty() ? "n c" : "k c", shape.rect.center(),
                    shape.content.title.empty() ? shape.rect.middle() + 4 : y, shape.content.kind));
    for (const std::string& line : shape.content.title)
        group.add(words("n c", shape.rect.center(), y += line_height, line));
    if (shape.content.second_kind.empty()) return group;
    group.add(words("k c", shape.rect.center(), y += line_height, shape.content.second_kind));
    for (const std::string& line : shape.content.second_title)
        group.add(words("n c", shape.rect.center(), y += line_height, line));
    return group;
}

/// A fork or diamond with its bursts below.
XmlElement parting(const Shape& shape) {
    XmlElement own = shape.kind == Shape::Kind::diamond ? path("gate", diamond(shape.rect)) : rect("bar", shape.rect);
    if (shape.content.tags.empty()) return own;
    XmlElement group("g");
    group.add(std::move(own));
    double y = shape.rect.bottom() + burst_room / 2 + 2;
    for (const Tag& tag : shape.content.tags) {
        group.add(burst(shape.rect.center(), y, tag.burst));
        y += burst_room;
    }
    return group;
}

XmlElement shape_of(const Shape& shape) {
    switch (shape.kind) {
        case Shape::Kind::step: return step(shape);
        case Shape::Kind::wait:
        case Shape::Kind::delay: return wait(shape);
        case Shape::Kind::fork:
        case Shape::Kind::diamond: return parting(shape);
        case Shape::Kind::join: return rect("bar", shape.rect);
        case Shape::Kind::merge: break;
        case Shape::Kind::terminal: return terminal(shape);
    }
    return element("circle", "gate")
        .set("cx", shape.rect.center())
        .set("cy", shape.rect.middle())
        .set("r", shape.rect.width / 2);
}

struct RungLook {
    std::string_view line, text, between;
    double below;  ///< offset of the text below the line
};

RungLook look_of(Rung::Kind kind) {
    switch (kind) {
        case Rung::Kind::waiting: return {"hi", "hx c", "up hi", -5};
        case Rung::Kind::work: return {"lo", "lx c", "up lo", 14};
        case Rung::Kind::either: break;
    }
    return {"mi", "mx c", "up mi", 14};
}

void add_ladder(XmlElement& group, const Ladder& ladder) {
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        const Rung& rung = ladder.rungs[i];
        const RungLook look = look_of(rung.kind);
        const double y = ladder.height_of(rung.kind);
        XmlElement one("g");
        one.set("data-seconds", rung.microseconds / 1e6);
        hint(one, rung.full);
        one.add(path(look.line, fmt::format("M{} {}H{}", xml_number(rung.from), xml_number(y), xml_number(rung.to))));
        one.add(words(look.text, (rung.from + rung.to) / 2, y + look.below, rung.text));
        group.add(std::move(one));
        if (i + 1 == ladder.rungs.size()) break;
        const Rung& next = ladder.rungs[i + 1];
        const double next_y = ladder.height_of(next.kind);
        // nothing happens between two boxes: draw at the higher of their levels
        const double between = std::min(y, next_y);
        const std::vector<Point> way{{rung.to, y}, {rung.to, between}, {next.from, between}, {next.from, next_y}};
        if (next.from > rung.to || next_y != y)
            group.add(path(y < next_y ? look.between : look_of(next.kind).between, route(way)));
        if (rung.kind == next.kind && rung.kind != Rung::Kind::work)
            group.add(path(look.between, route({{next.from, y - 4}, {next.from, y + 4}})));
    }
}

/// Labels for the high and the low level, left of the line.
void add_key(XmlElement& group, const Ladder& ladder) {
    if (!ladder.key || ladder.rungs.empty()) return;
    const double x = ladder.rungs.front().from - 10;
    group.add(words("hx e", x, ladder.high + 4, "waiting"));
    group.add(words("lx e", x, ladder.low + 4, "work"));
}

void add_line(XmlElement& group, std::string_view css, const Line& line) {
    double x = line.at.x;
    if (line.burst > 0) {
        group.add(burst(x + burst_width / 2, line.at.y - 4, line.burst));
        x += burst_width + 6;
    }
    XmlElement text = words(css, x, line.at.y, line.text);
    if (line.full != line.text) text.add(XmlElement("title").text(line.full));
    group.add(std::move(text));
}

XmlElement frame_of(const Band& band) {
    XmlElement group("g");
    if (band.title != band.full) hint(group, band.full);
    return std::move(group.add(rect("band", band.rect, 6)));
}

/// Drawn over the arcs that pass through the stage.
XmlElement title_of(const Band& band) {
    XmlElement group("g");
    if (band.title != band.full) hint(group, band.full);
    group.add(words("n bt", band.rect.x + 6, band.rect.y + 15, band.title));
    add_tags(group, band.tags, band.rect.x + 12 + text_width(band.title, title_size, Weight::bold), band.rect.y + 1,
             band.rect.width);
    return group;
}

void add_arc(XmlElement& group, const Arc& arc) {
    XmlElement made("g");
    hint(made, arc.full);
    made.add(path("w", route(arc.points)));
    if (const std::string end = tip(arc.points); !end.empty()) made.add(path("wt", end));
    made.add(words("wl c", arc.label_at.x, arc.label_at.y, arc.label));
    group.add(std::move(made));
}

XmlElement figure_box(const Figure& figure) {
    XmlElement group("g");
    const double x = figure.rect.x + 10, room = figure.rect.width - 16;
    group.add(rect("sum", figure.rect));
    group.add(words("s", x, figure.rect.y + 18, fitted(figure.label, room, 12)));
    group.add(words(figure.work ? "big wk" : "big", x, figure.rect.y + 40,
                    fitted(figure.value, room, figure_size, Weight::bold)));
    double y = figure.rect.y + 42;
    for (const std::string& note : figure.notes)
        group.add(words("l", x, y += line_height, fitted(note, room, data_size)));
    return group;
}

XmlElement picture_of(const Picture& picture, double top) {
    XmlElement group("g");
    if (top > 0) group.set("transform", fmt::format("translate(0 {})", xml_number(top)));
    for (const Line& line : picture.title) add_line(group, "h", line);
    for (const Line& line : picture.subtitles) add_line(group, "s", line);
    for (const Band& band : picture.bands) group.add(frame_of(band));
    for (const Arrow& arrow : picture.arrows) {
        group.add(path("a", route(arrow.points)));
        if (const std::string end = tip(arrow.points); arrow.head && !end.empty()) group.add(path("t", end));
    }
    for (const Arc& arc : picture.arcs) add_arc(group, arc);
    for (const Band& band : picture.bands) group.add(title_of(band));
    for (const Shape& shape : picture.shapes) group.add(shape_of(shape));
    for (const Caption& caption : picture.captions) {
        XmlElement text = words("v", caption.at.x, caption.at.y, caption.text);
        if (caption.text != caption.full) text.add(XmlElement("title").text(caption.full));
        group.add(std::move(text));
        add_tags(group, caption.tags, caption.at.x + text_width(caption.text, data_size, Weight::bold) + 6,
                 caption.at.y - 13, std::numeric_limits<double>::max());
    }
    for (const Ladder& ladder : picture.ladders) {
        add_key(group, ladder);
        add_ladder(group, ladder);
    }
    for (const Figure& figure : picture.summary) group.add(figure_box(figure));
    for (const Line& line : picture.legend) add_line(group, line.strong ? "n" : "s", line);
    return group;
}

}  // namespace

XmlElement draw(std::span<const Picture> pictures, const std::string& name, const std::string& description,
                bool styled) {
    double width = 0, height = 0;
    for (const Picture& picture : pictures) {
        width = std::max(width, picture.width);
        height += picture.height;
    }
    XmlElement root("svg");
    root.set("xmlns", "http://www.w3.org/2000/svg").set("class", "vsm").set("role", "img");
    root.set("viewBox", fmt::format("0 0 {} {}", xml_number(width), xml_number(height)))
        .set("width", width)
        .set("height", height);
    root.add(XmlElement("title").text(name)).add(XmlElement("desc").text(description));
    if (styled) {
        XmlElement style("style");
        style.raw(style_sheet);
        root.add(std::move(style));
    }
    double top = 0;
    for (const Picture& picture : pictures) {
        root.add(picture_of(picture, top));
        top += picture.height;
    }
    return root;
}

}  // namespace vsm::backends::svg
