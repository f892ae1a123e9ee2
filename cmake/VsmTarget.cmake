# Precompiles the most common headers once for all targets. Builds without it check that each file includes what it
# uses.
function(vsm_precompile target)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  if("vsm::grammar" IN_LIST libraries)  # has its own compile options
    return()
  endif()
  if(NOT TARGET vsm_precompiled)
    file(WRITE "${CMAKE_BINARY_DIR}/precompiled.cpp" "")
    add_library(vsm_precompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
    target_link_libraries(vsm_precompiled PRIVATE ${VSM_FMT})
    target_precompile_headers(vsm_precompiled PRIVATE
      <algorithm> <array> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <variant> <vector>
      <fmt/format.h>)
    vsm_warnings(vsm_precompiled)
  endif()
  if(NOT target STREQUAL vsm_precompiled)
    target_precompile_headers(${target} REUSE_FROM vsm_precompiled)
  endif()
endfunction()

function(vsm_warnings target)
  if(VSM_PRECOMPILE)
    vsm_precompile(${target})
  endif()
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror=switch)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    # False warnings about std::string, GCC bug 105329.
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Wno-restrict>)
  endif()
  if(VSM_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# vsm_library(NAME SOURCES … DEPS … [PRIVATE_DEPS …]): a static library vsm::NAME with the project's warnings. The
# folders form a dependency chain, which only DEPS defines.
function(vsm_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(vsm_${name} STATIC ${ARG_SOURCES})
  add_library(vsm::${name} ALIAS vsm_${name})
  target_include_directories(vsm_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(vsm_${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  vsm_warnings(vsm_${name})
endfunction()
