// ANTLR's parser can search a tree by a path, with a lexer whose tables are read before main: half of what a static
// program does to print its version. Nothing here searches so; these two stand in for that lexer, so that the linker
// leaves it out. They are weak: if the lexer comes along for another reason, its own functions count.
#include <cstdlib>

extern "C" {
[[noreturn]] __attribute__((weak)) void make_xpath_lexer() __asm__("_ZN10XPathLexerC1EPN6antlr410CharStreamE");
[[noreturn]] __attribute__((weak)) void destroy_xpath_lexer() __asm__("_ZN10XPathLexerD1Ev");

void make_xpath_lexer() { std::abort(); }
void destroy_xpath_lexer() { std::abort(); }
}
