#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace {

using namespace vsm;

TEST_CASE("what nobody can see is written out, at both ends of each range") {
    const std::vector<std::pair<char32_t, char32_t>> ranges{
        {0x0, 0x8},         {0xB, 0xC},         {0xE, 0x1F},        {0x7F, 0x9F},       {0xAD, 0xAD},
        {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180E, 0x180E},
        {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0x2800, 0x2800},   {0x3164, 0x3164},
        {0xFE00, 0xFE0D},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},
        {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF}, {0xE0000, 0xE0FFF}, {0x10FFFE, 0x10FFFF}};
    for (const auto& [first, last] : ranges) {
        CAPTURE(static_cast<std::uint32_t>(first));
        CHECK(is_invisible(first));
        CHECK(is_invisible(last));
        if (first > 0 && first != 0xB && first != 0xE && first != 0xE0000) CHECK(!is_invisible(first - 1));
        if (last < 0x10FFFF && last != 0x8 && last != 0xFFFF && last != 0xFFFB) CHECK(!is_invisible(last + 1));
    }
    CHECK(printable("x\u17B4y\u2800\uFE00z") == "x\\u{17B4}y\\u{2800}\\u{FE00}z");
    CHECK(printable("\U0001D173\U000E0100") == "\\u{1D173}\\u{E0100}");
}

TEST_CASE("what scripts and emoji are made of stays") {
    for (const std::string text : {"\u2764\uFE0F", "1\uFE0F\u20E3", "\u260E\uFE0E", "e\u0301", "\u17A2\u17B6",
                                   "\u1820\u180B", "\u05D0\u05B8", "\u2801", "\u3000"})
        CHECK(printable(text) == text);
}

}  // namespace
