#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace vsm {

void fail_check(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "vsm: internal error at %s:%d: %s does not hold\n", file, line, condition);
    std::fprintf(stderr, "vsm: this is a bug in vsm, not in your map; please report it with the map\n");
    std::_Exit(2);
}

}  // namespace vsm
