#include <stddef.h>
#include <stdint.h>
// Source: compiler-rt, lib/fuzzer/FuzzerDriver.cpp; linked in by -sanitize=fuzzer.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *bytes, size_t count));
// Source: memfd_create(2); behind _GNU_SOURCE, which Swift's view of Glibc does without.
int memfd_create(const char *name, unsigned int flags);
