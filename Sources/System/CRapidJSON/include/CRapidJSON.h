#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether the bytes are one JSON text (RFC 8259), by RapidJSON's SAX reader; nothing is built or kept.
///
/// `text[length]` must be 0. Encoding is not checked here: UTF-8 is the caller's to validate. Numbers of any size and
/// nesting of any depth pass. Returns 0 and the byte offset of the fault in `*offset` when it is not JSON.
int rapidjson_is_well_formed(const char *text, size_t length, size_t *offset);

#ifdef __cplusplus
}
#endif
