# Hardening: what stands between a mistake of ours and a map that was made to use it. Tested by tests/hostile/hardening.py.
include(CheckCXXSourceCompiles)

# What the standard library can check of how it is used.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

function(vsm_harden_releases)
  set(release $<NOT:$<CONFIG:Debug>>)
  # Stacks that are written over end the program, and code lies where nobody knows.
  add_compile_options($<${release}:-fstack-protector-strong> $<${release}:-fPIE>)
  # Tables of addresses are filled at the start, and read-only from then on.
  add_link_options($<IF:$<BOOL:${VSM_STATIC}>,-static-pie,$<${release}:-pie>> $<${release}:-Wl,-z,relro,-z,now>)
  # Calls of the C library that know the size of what they write to. The sanitizers know it too.
  if(NOT VSM_SANITIZE)
    set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
    set(program "#include <cstring>\nstatic_assert(__USE_FORTIFY_LEVEL == 3);\nint main() {}")
    check_cxx_source_compiles("${program}" VSM_FORTIFY_3)
    set(level $<IF:$<BOOL:${VSM_FORTIFY_3}>,3,2>)
    add_compile_options($<${release}:-U_FORTIFY_SOURCE> $<${release}:-D_FORTIFY_SOURCE=${level}>)
  endif()
endfunction()
vsm_harden_releases()
