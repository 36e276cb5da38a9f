#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif

#include "CRapidJSON.h"

#include <rapidjson/reader.h>

int rapidjson_is_well_formed(const char *text, size_t length, size_t *offset) {
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    rapidjson::BaseReaderHandler<> ignore;
    rapidjson::StringStream stream(text);
    rapidjson::Reader reader;
    rapidjson::ParseResult result = reader.Parse<flags>(stream, ignore);
    // The stream ends at the first zero byte, so a text that goes on behind one is told by where it stopped.
    *offset = result ? stream.Tell() : result.Offset();
    return result && stream.Tell() == length;
}
