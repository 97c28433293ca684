// glibc's own words to its allocator, which Swift's module of it leaves out.
#include <malloc.h>
