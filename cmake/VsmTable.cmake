# vsm_table_rows(TABLE ROW COLUMN OUT): the COLUMN-th argument (from 1, an identifier) of each row `ROW(…` of a .def
# table. CMake reconfigures if the table changes.
function(vsm_table_rows table row column out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${table}")
  math(EXPR before "${column} - 1")
  string(REPEAT "[^,]*, *" ${before} skipped)
  file(STRINGS "${table}" lines REGEX "^${row}\\(")
  set(names "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^${row}\\(${skipped}([A-Za-z0-9_]+)" matched "${line}")
    list(APPEND names "${CMAKE_MATCH_1}")
  endforeach()
  set(${out} "${names}" PARENT_SCOPE)
endfunction()
