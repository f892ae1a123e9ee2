# vsm_generate_diagnostics(TABLE FOLDER): the kinds of diagnostics as headers: FOLDER/diag/PHASE.h for each phase, and
# FOLDER/diag/rules/NAME.h for each rule. A kind has the arguments of its message, not the words, and an unchanged
# header is not rewritten: changed words rebuild no file that reports them, and a new rule no other rule.
function(vsm_generate_diagnostics table folder)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
  set(phases 1 parse 2 lower 3 lower 10 check 40 outputs 50 settings)
  set(row "VSM_(DIAGNOSTIC|RULE)\\(([0-9]+), ([a-z0-9_]+),([^\"]*)\"([^\"]*)\"\\)")
  file(READ "${table}" text)
  string(REGEX REPLACE "(^|\n)//[^\n]*" "\\1" text "${text}")
  set(rules "")
  while("${text}" MATCHES "${row}")
    set(matched "${CMAKE_MATCH_0}")
    set(number "${CMAKE_MATCH_2}")
    set(name "${CMAKE_MATCH_3}")
    set(severity "${CMAKE_MATCH_4}")
    set(message "${CMAKE_MATCH_5}")
    string(REGEX MATCH "(error|warning|note),[ \n]*$" severity "${severity}")
    vsm_diagnostic_kind("${name}" "${number}" "${CMAKE_MATCH_1}" "${message}" kind)
    math(EXPR hundreds "${number} / 100")
    list(FIND phases "${hundreds}" at)
    if(at EQUAL -1)
      list(APPEND rules "${name}")
      vsm_write_kinds("${folder}/diag/rules/${name}.h" "${kind}")
    else()
      math(EXPR at "${at} + 1")
      list(GET phases ${at} phase)
      string(APPEND kinds_of_${phase} "${kind}")
    endif()
    string(FIND "${text}" "${matched}" begin)
    string(LENGTH "${matched}" length)
    math(EXPR end "${begin} + ${length}")
    string(SUBSTRING "${text}" ${end} -1 text)
  endwhile()
  if("${text}" MATCHES "VSM_")
    message(FATAL_ERROR "${table} has a row that cannot be read: ${text}")
  endif()
  foreach(phase IN ITEMS parse lower check outputs settings)
    vsm_write_kinds("${folder}/diag/${phase}.h" "${kinds_of_${phase}}")
  endforeach()
  file(GLOB written "${folder}/diag/rules/*.h")
  foreach(file IN LISTS written)
    cmake_path(GET file STEM name)
    if(NOT name IN_LIST rules)
      file(REMOVE "${file}")
    endif()
  endforeach()
endfunction()

# The struct of one kind. `arguments` has the replacement fields of the message alone, for the check of each report.
function(vsm_diagnostic_kind name number severity message out)
  string(REPLACE "{{" "" rest "${message}")
  set(arguments "")
  while("${rest}" MATCHES "\\{[^{}]*\\}")
    string(APPEND arguments "${CMAKE_MATCH_0}")
    string(FIND "${rest}" "${CMAKE_MATCH_0}" begin)
    string(LENGTH "${CMAKE_MATCH_0}" length)
    math(EXPR end "${begin} + ${length}")
    string(SUBSTRING "${rest}" ${end} -1 rest)
  endwhile()
  set(${out} "struct ${name}_kind {
    static constexpr Code code = Code{${number}};
    static constexpr Severity severity = Severity::${severity};
    static constexpr std::string_view arguments = \"${arguments}\";
};
inline constexpr ${name}_kind ${name}{};
" PARENT_SCOPE)
endfunction()

function(vsm_write_kinds file kinds)
  file(CONFIGURE OUTPUT "${file}" CONTENT "// Generated from base/diagnostics/diagnostics.def.
#pragma once

#include \"base/diagnostics/diagnostics.h\"

namespace vsm::diag {

${kinds}
}  // namespace vsm::diag
" @ONLY)
endfunction()
