#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Returns nonzero when the bytes are one JSON text (RFC 8259), by RapidJSON's SAX reader; builds and keeps no value.
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

/// Called with each event in turn: the digits of a number, the unescaped text of a string or key, and at the end of an
/// object or array the number of its members as `length`; `end` is the offset after the event. Returns 0 to stop.
typedef int (*rapidjson_handler)(void *context, rapidjson_event event, const char *text, size_t length, size_t end);

/// Reads the text, like `rapidjson_is_well_formed`, and passes its events to `handler`. A number beyond the range of a
/// double ends it. Returns 0 when the handler stopped it or the bytes are not JSON.
int rapidjson_read(const char *text, size_t length, rapidjson_handler handler, void *context);

typedef enum {
    RAPIDJSON_WHOLE,
    RAPIDJSON_MALFORMED,
    /// A number is beyond the range of a double, or the handler stopped it.
    RAPIDJSON_BEYOND_LIMITS,
} rapidjson_outcome;

/// Like `rapidjson_read`, several characters at a time and without memory of its own: strings are unescaped where they
/// stand, so that the text is destroyed. `end` is always 0. For text that is not JSON, `*offset` is that of the fault.
rapidjson_outcome rapidjson_read_in_place(
    char *text, size_t length, rapidjson_handler handler, void *context, size_t *offset);

#ifdef __cplusplus
}
#endif
