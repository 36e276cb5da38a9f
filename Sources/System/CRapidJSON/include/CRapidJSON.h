#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether the bytes are one JSON text (RFC 8259), by RapidJSON's SAX reader; nothing is built or kept.
///
/// `text[length]` must be 0. Encoding is not checked here: UTF-8 is the caller's to validate. Nesting of any depth
/// passes, and so does a number of any size; an escaped surrogate without its other half does not. Returns 0 when the
/// bytes are not JSON, with the offset of the fault in `*offset`.
int rapidjson_is_well_formed(const char *text, size_t length, size_t *offset);

#ifdef __cplusplus
}
#endif
