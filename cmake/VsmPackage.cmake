# The installed files, and the packages of `cpack`: a .tar.gz and a .deb, byte-identical for the same commit.
include(GNUInstallDirs)

# Makes permissions independent of the builder's umask.
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

install(TARGETS vsm RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
# Laid out as in the source tree, so that links between the pages work.
install(FILES README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs samples DESTINATION "${CMAKE_INSTALL_DOCDIR}" PATTERN review EXCLUDE)

# A static binary contains parts of these packages, whose licences require their notices.
function(vsm_install_notices)
  string(REGEX MATCH "^[0-9]+" compiler "${CMAKE_CXX_COMPILER_VERSION}")
  foreach(package IN ITEMS
      libantlr4-runtime-dev libfmt-dev libyaml-cpp-dev libcli11-dev libutf8proc-dev libevent-dev uuid-dev libc6-dev
      "libstdc++-${compiler}-dev")
    set(notice "/usr/share/doc/${package}/copyright")
    if(EXISTS "${notice}")
      file(REAL_PATH "${notice}" notice)
      install(FILES "${notice}" DESTINATION "${CMAKE_INSTALL_DOCDIR}/notices" RENAME "${package}")
    endif()
  endforeach()
endfunction()
if(VSM_STATIC)
  vsm_install_notices()
endif()

set(CPACK_PACKAGE_NAME vsm)
set(CPACK_PACKAGE_VENDOR "the maintainers of vsm")
set(CPACK_PACKAGE_CONTACT "the maintainers of vsm <maintainers@vsm.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compiler for value stream maps")
set(CPACK_PACKAGE_DESCRIPTION
    "vsm checks value stream maps kept as text, adds them up, and compiles them to
diagrams and to mock pipelines that act them out in AWS CodePipeline, GitHub
Actions and other tools that people look at.")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" system)
set(CPACK_PACKAGE_FILE_NAME "vsm-${PROJECT_VERSION}-${system}")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
if(NOT VSM_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()

set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/cmake/package/same_bytes.cmake")
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/package/permissions.cmake")
set(CPACK_POST_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/package/repack.cmake")
set(CPACK_VSM_SOURCE "${PROJECT_SOURCE_DIR}")
include(CPack)
