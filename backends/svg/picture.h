// What is drawn of a stream, and where: shapes, arrows and texts with coordinates, in pixels from the top left. Data only; knows neither how it was
// laid out nor SVG.
#pragma once

#include <string>
#include <vector>

#include "ir/model.h"

namespace vsm::backends::svg {

struct Point {
    double x = 0;
    double y = 0;
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    double center() const { return x + width / 2; }
    double middle() const { return y + height / 2; }
};

/// `PT 45min`: a line of a data box.
struct DataLine {
    std::string label;
    std::string value;
    bool operator==(const DataLine&) const = default;
};

/// What a future does to an element of the stream it is based on.
enum class Mark { none, added, changed };

/// What is written in and around the shape of a step, wait or queue.
struct Content {
    std::vector<std::string> title;  ///< lines, fitted
    std::string team;                ///< fitted
    std::string kind;                ///< of a step that is not manual
    std::vector<DataLine> data;      ///< values fitted
    std::string full;                ///< all that is known, for who points at it
    std::string wait;                ///< of a step with a wait of its own: the time
    Mark mark = Mark::none;
    bool constraint = false;         ///< more of the lead time is spent here than anywhere else
    bool busiest = false;            ///< nobody has less time left
    std::vector<std::size_t> kaizens;  ///< numbers in the list of kaizens, from 1
};

/// Something with a border on which arrows end.
struct Shape {
    enum class Kind { step, wait, delay, fork, join, diamond, merge, terminal };
    Kind kind = Kind::step;
    ir::ElementId element;  ///< invalid for a terminal
    Rect rect;
    Rect data;              ///< of a step: the box below; no height: none
    Content content;        ///< of a step, wait or terminal
};

struct Arrow {
    std::vector<Point> points;
    bool head = true;
};

/// A stage, or the part of it that stands in one row.
struct Band {
    ir::ElementId stage;
    Rect rect;
    std::string title;  ///< fitted
    std::string full;
};

/// The words at the beginning of a branch.
struct Caption {
    Point at;
    std::string text;
    std::string full;
};

/// Work that comes back.
struct Arc {
    std::vector<Point> points;
    Point label_at;  ///< the middle of the label's base line
    std::string label;
    std::string full;
    bool head = true;
};

/// A piece of the timeline: waiting is high, work is low.
struct Rung {
    ir::ElementId element;
    bool waiting = false;
    double from = 0;
    double to = 0;
    double microseconds = 0;
    bool known = true;
    std::string text;
};

struct Ladder {
    std::vector<Rung> rungs;
    double high = 0;
    double low = 0;
};

struct Figure {
    std::string label;
    std::string value;
    Rect rect;
};

struct Line {
    Point at;
    std::string text;  ///< fitted
    std::string full;
};

struct Picture {
    double width = 0;
    double height = 0;
    Line title;
    std::vector<Line> subtitles;
    std::vector<Band> bands;
    std::vector<Shape> shapes;
    std::vector<Arrow> arrows;
    std::vector<Caption> captions;
    std::vector<Arc> arcs;
    std::vector<Ladder> ladders;
    std::vector<Figure> summary;
    std::vector<Line> legend;  ///< kaizens, what was removed
};

}  // namespace vsm::backends::svg
