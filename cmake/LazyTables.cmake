# cmake -DPARSER=FILE -P LazyTables.cmake: has a parser that ANTLR generated build its tables in `build_tables`, which
# Vsm.g4 declares. Code of ANTLR before 4.10 builds them at the start of every program, which takes as long as linting a
# small map; code of later versions builds them when the first parser is made.
file(READ "${PARSER}" text)
set(body "")
if(NOT text MATCHES "call_once")
  set(eager "VsmParser::Initializer VsmParser::_init;")
  string(FIND "${text}" "${eager}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${PARSER} has no `${eager}`: this version of ANTLR builds its tables in another way")
  endif()
  string(REPLACE "${eager}" "" text "${text}")
  set(body "static const Initializer tables;")
endif()
file(WRITE "${PARSER}" "${text}\nvoid VsmParser::build_tables() { ${body} }\n")
