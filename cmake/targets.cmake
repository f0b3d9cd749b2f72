# One static library per folder. steppe_library(name SOURCES a.cpp ... LINKS x y)
add_library(steppe_flags INTERFACE)
target_compile_options(steppe_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Wimplicit-fallthrough)
target_compile_definitions(steppe_flags INTERFACE TOML_EXCEPTIONS=0 TOML_HEADER_ONLY=1)
if(STEPPE_DEVELOPER_MODE)
  target_compile_options(steppe_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(steppe_flags INTERFACE -Wthread-safety -Wno-missing-field-initializers
    -Wno-deprecated-declarations)  # of libstdc++ 12 itself: stable_sort
else()
  target_compile_options(steppe_flags INTERFACE -Wno-missing-field-initializers)
endif()
if(STEPPE_SANITIZE)
  target_compile_definitions(steppe_flags INTERFACE STEPPE_SANITIZED=1)
  target_compile_options(steppe_flags INTERFACE -fsanitize=${STEPPE_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  # RapidJSON 1.1 adds to a null pointer in its own header when its stack is empty.
  target_compile_options(steppe_flags INTERFACE -fno-sanitize=pointer-overflow)
  target_link_options(steppe_flags INTERFACE -fsanitize=${STEPPE_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(steppe_flags INTERFACE -fstack-protector-strong -fcf-protection
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(steppe_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(STEPPE_FUZZ)
  target_compile_options(steppe_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# For libraries that every byte of every document goes through: inlining beyond the usual measure,
# also of functions that other files call. (gcc 12 warns of its own strings there: GCC bug 105651.)
function(steppe_hot name)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${name} PRIVATE -O3 -fPIE -Wno-restrict)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
      # the order of instructions for servers of today; any x86-64 still runs them
      target_compile_options(${name} PRIVATE -mtune=icelake-server)
    endif()
  endif()
endfunction()

# What the build writes and sources include: clang-tidy needs it, and nothing else built.
add_custom_target(steppe_tables)

# A table that the build writes for a library: GENERATOR.cpp prints it, with ICU's help.
function(steppe_table library generator table)
  add_executable(${generator} ${generator}.cpp)
  target_link_libraries(${generator} PRIVATE steppe_flags ICU::i18n ICU::uc)
  add_custom_command(OUTPUT ${table}
    COMMAND ${generator} > ${table}
    DEPENDS ${generator} VERBATIM)
  target_sources(${library} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${table})
  add_custom_target(${generator}_output DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${table})
  add_dependencies(steppe_tables ${generator}_output)
  target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()

function(steppe_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC steppe_flags ${arg_LINKS})
endfunction()
