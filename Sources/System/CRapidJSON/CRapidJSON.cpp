#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif

#include "CRapidJSON.h"

#include <rapidjson/reader.h>

namespace {

/// A text with the numbers cut short: RapidJSON refuses those beyond a double, which RFC 8259 does not.
///
/// Of a row of digits 15 are shown, in an exponent one: what is left out changes no number's form.
class ShortNumbers {
public:
    typedef char Ch;

    explicit ShortNumbers(const char *text) : begin_(text), next_(text) {}

    Ch Peek() const { return *next_; }
    size_t Tell() const { return static_cast<size_t>(next_ - begin_); }

    Ch Take() {
        const Ch taken = *next_++;
        if (inString_) {
            inString_ = escaped_ || taken != '"';
            escaped_ = !escaped_ && taken == '\\';
            return taken;
        }
        inString_ = taken == '"';
        if (isDigit(taken)) {
            ++digits_;
        } else if (taken != '+' && taken != '-') {
            digits_ = taken == 'e' || taken == 'E' ? 14 : 0;
        }
        while (digits_ >= 15 && isDigit(*next_)) ++next_;
        return taken;
    }

    // For in-situ parsing, which is not asked for.
    Ch *PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    size_t PutEnd(Ch *) { return 0; }

private:
    static bool isDigit(Ch c) { return c >= '0' && c <= '9'; }

    const char *begin_;
    const char *next_;
    int digits_ = 0;
    bool inString_ = false;
    bool escaped_ = false;
};

template <typename Stream> rapidjson::ParseResult parse(Stream &stream) {
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    rapidjson::BaseReaderHandler<> ignore;
    rapidjson::Reader reader;
    return reader.Parse<flags>(stream, ignore);
}

} // namespace

int rapidjson_is_well_formed(const char *text, size_t length, size_t *offset) {
    rapidjson::StringStream stream(text);
    rapidjson::ParseResult result = parse(stream);
    size_t end = stream.Tell();
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
        ShortNumbers shortened(text);
        result = parse(shortened);
        end = shortened.Tell();
    }
    // The stream ends at the first zero byte, so a text that goes on behind one is told by where it stopped.
    *offset = result ? end : result.Offset();
    return result && end == length;
}
