# Profile-guided optimization (docs/decisions/0011-counted-enrichment.md).
#
# A release by gcc has a second build inside, `counting`, whose libraries count which ways they go;
# its trainer is run, and the counts are laid beside the objects of the release. The paths of both
# builds are alike, as gcc knows the functions of a file by the path of its object.
set(STEPPE_PROFILE "use" CACHE STRING "Releases by gcc: use (count first) | count | off")

# steppe_profile(TRAINER LIBRARIES a b... ARGUMENTS x y... DEPENDS f g...)
# TRAINER.cpp is linked with the libraries and run with the arguments, again when a file of DEPENDS
# changes.
function(steppe_profile trainer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES;ARGUMENTS;DEPENDS")
  add_executable(${trainer} EXCLUDE_FROM_ALL ${trainer}.cpp)
  target_link_libraries(${trainer} PRIVATE ${arg_LIBRARIES})
  if(STEPPE_PROFILE STREQUAL "count")
    steppe_count(${trainer})
  elseif(STEPPE_PROFILE STREQUAL "use" AND CMAKE_BUILD_TYPE STREQUAL "Release"
         AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CROSSCOMPILING
         AND NOT STEPPE_SANITIZE)
    steppe_use_counts(${trainer})
  endif()
endfunction()

function(steppe_count trainer)
  # all of their files: what is not called counts too, as zero
  string(REPLACE ";" "," libraries "${arg_LIBRARIES}")
  set_target_properties(${trainer} PROPERTIES LINK_LIBRARY_OVERRIDE "WHOLE_ARCHIVE,${libraries}")
  target_link_options(${trainer} PRIVATE -fprofile-generate)
  set(counted)
  foreach(library IN LISTS arg_LIBRARIES)
    # no values: some are addresses, and no two builds would be the same
    target_compile_options(${library} PRIVATE -fprofile-generate -fno-profile-values)
    steppe_keep_paths(${library})
    steppe_counts_of(${library} ${CMAKE_BINARY_DIR} counts)
    list(APPEND counted ${counts})
  endforeach()
  add_custom_command(OUTPUT ${trainer}.done
    COMMAND ${CMAKE_COMMAND} -E rm -f ${counted}  # or they would be added to
    COMMAND ${trainer} ${arg_ARGUMENTS}
    COMMAND ${CMAKE_COMMAND} -E touch ${trainer}.done
    DEPENDS ${trainer} ${arg_DEPENDS} VERBATIM)
  add_custom_target(${trainer}_counts DEPENDS ${trainer}.done)
endfunction()

function(steppe_use_counts trainer)
  set(counting ${CMAKE_BINARY_DIR}/counting)
  set(settings)
  foreach(setting CMAKE_BUILD_TYPE CMAKE_CXX_COMPILER CMAKE_CXX_COMPILER_LAUNCHER CMAKE_CXX_FLAGS
          CMAKE_CXX_FLAGS_RELEASE CMAKE_PREFIX_PATH)
    string(REPLACE ";" "\\;" value "${${setting}}")
    list(APPEND settings "-D${setting}=${value}")
  endforeach()
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${PROJECT_SOURCE_DIR} -B ${counting}
    -G ${CMAKE_GENERATOR} ${settings} -DSTEPPE_PROFILE=count
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  set(copies)
  set(counted)
  foreach(library IN LISTS arg_LIBRARIES)
    # where no text led, code is compiled as without counts, and that is no fault
    target_compile_options(${library} PRIVATE -fprofile-use -fprofile-partial-training
      -fprofile-correction -Wno-missing-profile)
    steppe_keep_paths(${library})
    steppe_counts_of(${library} ${counting} from)
    steppe_counts_of(${library} ${CMAKE_BINARY_DIR} to)
    list(APPEND counted ${to})
    list(GET to 0 first)
    get_filename_component(folder ${first} DIRECTORY)
    list(APPEND copies COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
      COMMAND ${CMAKE_COMMAND} -E copy_if_different ${from} ${folder})
    add_dependencies(${library} ${trainer}_counts)
  endforeach()
  set(quietly)
  if(CMAKE_GENERATOR STREQUAL "Ninja")
    set(quietly -- --quiet)
  endif()
  add_custom_target(${trainer}_counts
    COMMAND ${CMAKE_COMMAND} --build ${counting} --target ${trainer}_counts ${quietly}
    ${copies}
    COMMENT "Counting for ${arg_LIBRARIES}"
    BYPRODUCTS ${counted} VERBATIM)
endfunction()

# Functions are known by the paths of their sources too, and ccache shortens those: each build to
# others.
function(steppe_keep_paths library)
  set_target_properties(${library} PROPERTIES CXX_COMPILER_LAUNCHER "")
endfunction()

# The counts of a library's files in a build, beside its objects. In this one, objects wait for
# them.
function(steppe_counts_of library build counts)
  get_target_property(folder ${library} SOURCE_DIR)
  get_target_property(sources ${library} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${folder})
  set(all)
  foreach(source IN LISTS sources)
    set(file ${build}/${path}/CMakeFiles/${library}.dir/${source}.gcda)
    list(APPEND all ${file})
    if(STEPPE_PROFILE STREQUAL "count")
      set_property(SOURCE ${folder}/${source} DIRECTORY ${folder}
        APPEND PROPERTY COMPILE_OPTIONS -frandom-seed=${source})  # not the time
    elseif(build STREQUAL CMAKE_BINARY_DIR)
      set_property(SOURCE ${folder}/${source} DIRECTORY ${folder}
        APPEND PROPERTY OBJECT_DEPENDS ${file})
    endif()
  endforeach()
  set(${counts} ${all} PARENT_SCOPE)
endfunction()
