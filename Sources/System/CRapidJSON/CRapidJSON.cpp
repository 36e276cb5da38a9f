#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif

#include "CRapidJSON.h"

#include <cstring>

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

/// Returns true when a byte from 0x1A to 0x1F is in the text, where JSON has none.
///
/// With SSE2, RapidJSON 1.1 takes them in strings: it compares with 0x19 for what must be escaped, instead of 0x1F.
bool hasOverlooked(const char *text, size_t length) {
    unsigned char found = 0;  // as wide as what is compared, so that the compiler takes many bytes at a time
    for (size_t index = 0; index < length; ++index) {
        found |= static_cast<unsigned char>(static_cast<unsigned char>(text[index] - 0x1A) < 6);
    }
    return found != 0;
}

constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;

/// Returns true when an escape was the second half of a surrogate pair without the first, which RapidJSON 1.1 takes.
///
/// Callers have checked that the text itself is UTF-8, so nothing else becomes these bytes.
bool hasSurrogate(const char *text, size_t length) {
    const char *end = text + length;
    for (const char *next = text; next < end; ++next) {
        next = static_cast<const char *>(memchr(next, 0xED, static_cast<size_t>(end - next)));
        if (!next || next + 1 == end) return false;
        if (static_cast<unsigned char>(next[1]) >= 0xA0) return true;
    }
    return false;
}

/// Takes every value, but no string that is not Unicode.
class Unicode : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Unicode> {
public:
    bool String(const Ch *text, rapidjson::SizeType length, bool) { return !hasSurrogate(text, length); }
    bool Key(const Ch *text, rapidjson::SizeType length, bool) { return !hasSurrogate(text, length); }
};

template <typename Stream> rapidjson::ParseResult parse(Stream &stream) {
    Unicode handler;
    rapidjson::Reader reader;
    return reader.Parse<flags>(stream, handler);
}

/// A text whose position is right at each event; RapidJSON reads its own StringStream through copies.
class Text {
public:
    typedef char Ch;

    explicit Text(const char *text) : begin_(text), next_(text) {}

    Ch Peek() const { return *next_; }
    Ch Take() { return *next_++; }
    size_t Tell() const { return static_cast<size_t>(next_ - begin_); }

    // For in-situ parsing, which is not asked for.
    Ch *PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    size_t PutEnd(Ch *) { return 0; }

private:
    const char *begin_;
    const char *next_;
};

/// Hands RapidJSON's events on to a C function, with where they end when there is a text that knows.
class Events : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Events> {
public:
    Events(const Text *stream, rapidjson_handler handler, void *context)
        : stream_(stream), handler_(handler), context_(context) {}

    bool Null() { return tell(RAPIDJSON_NULL); }
    bool Bool(bool value) { return tell(value ? RAPIDJSON_TRUE : RAPIDJSON_FALSE); }
    bool RawNumber(const Ch *text, rapidjson::SizeType length, bool) { return tell(RAPIDJSON_NUMBER, text, length); }
    bool String(const Ch *text, rapidjson::SizeType length, bool) {
        return !hasSurrogate(text, length) && tell(RAPIDJSON_STRING, text, length);
    }
    bool Key(const Ch *text, rapidjson::SizeType length, bool) {
        return !hasSurrogate(text, length) && tell(RAPIDJSON_KEY, text, length);
    }
    // The iterative reader tells of a bracket before it takes it.
    bool StartObject() { return tell(RAPIDJSON_START_OBJECT, nullptr, 0, 1); }
    bool EndObject(rapidjson::SizeType count) { return tell(RAPIDJSON_END_OBJECT, nullptr, count, 1); }
    bool StartArray() { return tell(RAPIDJSON_START_ARRAY, nullptr, 0, 1); }
    bool EndArray(rapidjson::SizeType count) { return tell(RAPIDJSON_END_ARRAY, nullptr, count, 1); }

private:
    bool tell(rapidjson_event event, const Ch *text = nullptr, size_t length = 0, size_t ahead = 0) {
        return handler_(context_, event, text, length, stream_ ? stream_->Tell() + ahead : 0) != 0;
    }

    const Text *stream_;
    rapidjson_handler handler_;
    void *context_;
};

} // namespace

int rapidjson_is_well_formed(const char *text, size_t length, size_t *offset) {
    rapidjson::StringStream stream(text);
    rapidjson::ParseResult result = parse(stream);
    size_t end = stream.Tell();
    if (hasOverlooked(text, length)) {
        // Byte by byte it is seen, and the place is known.
        Text byByte(text);
        result = parse(byByte);
        end = byByte.Tell();
    }
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
        ShortNumbers shortened(text);
        result = parse(shortened);
        end = shortened.Tell();
    }
    // The stream ends at the first zero byte, so a text that goes on behind one is told by where it stopped.
    *offset = result ? end : result.Offset();
    return result && end == length;
}

int rapidjson_read(const char *text, size_t length, rapidjson_handler handler, void *context) {
    Text stream(text);
    Events events(&stream, handler, context);
    rapidjson::Reader reader;
    rapidjson::ParseResult result = reader.Parse<flags>(stream, events);
    return result && stream.Tell() == length;
}

rapidjson_outcome rapidjson_read_in_place(
    char *text, size_t length, rapidjson_handler handler, void *context, size_t *offset) {
    if (hasOverlooked(text, length) && !rapidjson_is_well_formed(text, length, offset)) return RAPIDJSON_MALFORMED;
    rapidjson::InsituStringStream stream(text);
    Events events(nullptr, handler, context);
    rapidjson::Reader reader;
    rapidjson::ParseResult result = reader.Parse<flags | rapidjson::kParseInsituFlag>(stream, events);
    *offset = result ? stream.Tell() : result.Offset();
    if (result) return *offset == length ? RAPIDJSON_WHOLE : RAPIDJSON_MALFORMED;
    const auto code = result.Code();
    return code == rapidjson::kParseErrorTermination || code == rapidjson::kParseErrorNumberTooBig
               ? RAPIDJSON_BEYOND_LIMITS
               : RAPIDJSON_MALFORMED;
}
