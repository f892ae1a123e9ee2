# cmake -DPARSER=FILE -P LazyTables.cmake: has a parser that ANTLR generated build its tables when the first parser is
# made. Code of ANTLR before 4.10 builds them at the start of every program, which takes as long as linting a small map;
# later versions do the same as this script.
file(READ "${PARSER}" text)
if(text MATCHES "call_once")
  return()
endif()
set(eager "VsmParser::Initializer VsmParser::_init;")
set(constructor ": PooledParser(input) {\n")
foreach(expected IN ITEMS "${eager}" "${constructor}")
  string(FIND "${text}" "${expected}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${PARSER} has no `${expected}`: this version of ANTLR builds its tables in another way")
  endif()
endforeach()
string(REPLACE "${eager}" "" text "${text}")
string(REPLACE "${constructor}" "${constructor}  static const Initializer tables;\n" text "${text}")
file(WRITE "${PARSER}" "${text}")
