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

typedef enum {
    RAPIDJSON_NULL,
    RAPIDJSON_FALSE,
    RAPIDJSON_TRUE,
    RAPIDJSON_NUMBER,
    RAPIDJSON_STRING,
    RAPIDJSON_KEY,
    RAPIDJSON_START_OBJECT,
    RAPIDJSON_END_OBJECT,
    RAPIDJSON_START_ARRAY,
    RAPIDJSON_END_ARRAY,
} rapidjson_event;

/// Called with each event in turn: the digits of a number, the unescaped text of a string or key, nothing for the
/// others; `end` is the offset behind what was read. Returns 0 to stop.
typedef int (*rapidjson_handler)(void *context, rapidjson_event event, const char *text, size_t length, size_t end);

/// Reads the text, as `rapidjson_is_well_formed` does, telling `handler` what it holds. A number beyond the range of a
/// double ends it. Returns 0 when the handler stopped it or the bytes are not JSON.
int rapidjson_read(const char *text, size_t length, rapidjson_handler handler, void *context);

#ifdef __cplusplus
}
#endif
