#pragma once
// STEPPE_CHECK aborts on our own bugs, never on input.

#include <cstdio>
#include <cstdlib>

#define STEPPE_CHECK(condition)                                                          \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
