# vsm_library(NAME SOURCES … DEPS … [PRIVATE_DEPS …]): a static library vsm::NAME with the project's warnings.
# The folders form a chain of who may include whom; DEPS is the only place where a link of it is made.
function(vsm_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror=switch)
  if(VSM_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

function(vsm_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(vsm_${name} STATIC ${ARG_SOURCES})
  add_library(vsm::${name} ALIAS vsm_${name})
  target_include_directories(vsm_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(vsm_${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  vsm_warnings(vsm_${name})
endfunction()
