import Testing

/// One case of the part of Mustache that `MessageTemplate` has: a template, its data, and what comes out.
///
/// They cover the Mustache specification's modules interpolation, sections, inverted and comments; each is also passed
/// to swift-mustache, which conforms to the specification, as the oracle.
struct TemplateCase: Sendable, CustomTestStringConvertible {
    let name: String
    let template: String
    /// JSON.
    var data = "{}"
    let expected: String

    var testDescription: String { name }

    static let all = values + sections + inverted + comments + standalone

    static let values = [
        TemplateCase(
            name: "text without tags", template: "Nothing { to } do {here}.\n", expected: "Nothing { to } do {here}.\n"),
        TemplateCase(name: "an empty template", template: "", expected: ""),
        TemplateCase(name: "a value", template: "Hi {{who}}!", data: #"{"who":"Ann"}"#, expected: "Hi Ann!"),
        TemplateCase(
            name: "a value is not parsed again", template: "{{a}}{{b}}", data: #"{"a":"{{b}}","b":"x"}"#,
            expected: "{{b}}x"),
        TemplateCase(
            name: "HTML characters become entities", template: "{{x}}", data: #"{"x":"& \" < > '"}"#,
            expected: "&amp; &quot; &lt; &gt; &#39;"),
        TemplateCase(
            name: "three braces keep them", template: "{{{x}}}", data: #"{"x":"& \" < > '"}"#, expected: "& \" < > '"),
        TemplateCase(name: "an integer", template: "{{n}} {{{n}}}", data: #"{"n":85}"#, expected: "85 85"),
        TemplateCase(name: "a decimal", template: "{{n}} {{{n}}}", data: #"{"n":1.21}"#, expected: "1.21 1.21"),
        TemplateCase(name: "a boolean", template: "{{t}}{{f}}", data: #"{"t":true,"f":false}"#, expected: "truefalse"),
        TemplateCase(name: "an empty text", template: "[{{x}}]", data: #"{"x":""}"#, expected: "[]"),
        TemplateCase(name: "blanks in a tag", template: "|{{ x }}|{{\tx\n}}|", data: #"{"x":"-"}"#, expected: "|-|-|"),
        TemplateCase(name: "blanks in three braces", template: "|{{{ x }}}|", data: #"{"x":"-"}"#, expected: "|-|"),
        TemplateCase(
            name: "blanks around a value stay", template: "  {{x}}  \n", data: #"{"x":"-"}"#, expected: "  -  \n"),
        TemplateCase(
            name: "a value never stands alone", template: "a\n  {{x}}\nb", data: #"{"x":"-"}"#, expected: "a\n  -\nb"),
        TemplateCase(
            name: "three braces never stand alone", template: "a\n  {{{x}}}\nb", data: #"{"x":"-"}"#,
            expected: "a\n  -\nb"),
        TemplateCase(
            name: "names with hyphens and underscores", template: "{{appt-day}} {{_a1}}",
            data: #"{"appt-day":"Mon","_a1":"b"}"#, expected: "Mon b"),
        TemplateCase(name: "text beyond ASCII", template: "ä {{size}} 🎉", data: #"{"size":"é"}"#, expected: "ä é 🎉"),
        TemplateCase(name: "values side by side", template: "{{a}}{{a}}", data: #"{"a":"x"}"#, expected: "xx"),
    ]

    static let sections = [
        TemplateCase(name: "a true section", template: "<{{#a}}x{{/a}}>", data: #"{"a":true}"#, expected: "<x>"),
        TemplateCase(name: "a false section", template: "<{{#a}}x{{/a}}>", data: #"{"a":false}"#, expected: "<>"),
        TemplateCase(name: "a null section", template: "<{{#a}}x{{/a}}>", data: #"{"a":null}"#, expected: "<>"),
        TemplateCase(name: "a missing section", template: "<{{#a}}x{{/a}}>", expected: "<>"),
        TemplateCase(name: "a false section does not need its values", template: "<{{#a}}{{b}}{{/a}}>", expected: "<>"),
        TemplateCase(
            name: "an object is the context", template: "{{#a}}{{b}}{{/a}}", data: #"{"a":{"b":"x"}}"#, expected: "x"),
        TemplateCase(name: "an empty object is true", template: "{{#a}}x{{/a}}", data: #"{"a":{}}"#, expected: "x"),
        TemplateCase(
            name: "the outer context stays visible", template: "{{#a}}{{b}}{{c}}{{/a}}",
            data: #"{"a":{"b":"1"},"c":"2"}"#, expected: "12"),
        TemplateCase(
            name: "the inner context wins", template: "{{#a}}{{b}}{{/a}}{{b}}", data: #"{"a":{"b":"1"},"b":"2"}"#,
            expected: "12"),
        TemplateCase(
            name: "contexts nest",
            template: "{{#a}}{{x}}{{#b}}{{x}}{{y}}{{#c}}{{x}}{{y}}{{z}}{{/c}}{{x}}{{/b}}{{x}}{{/a}}",
            data: #"{"a":{"x":"1","b":{"y":"2","c":{"z":"3","x":"9"}}}}"#, expected: "11292311"),
        TemplateCase(
            name: "a list of objects", template: "{{#l}}{{i}},{{/l}}", data: #"{"l":[{"i":1},{"i":2},{"i":3}]}"#,
            expected: "1,2,3,"),
        TemplateCase(name: "an empty list is false", template: "<{{#l}}x{{/l}}>", data: #"{"l":[]}"#, expected: "<>"),
        TemplateCase(
            name: "a list of scalars repeats its section", template: "{{#l}}{{a}}{{/l}}",
            data: #"{"l":["x","y"],"a":"-"}"#, expected: "--"),
        TemplateCase(
            name: "a list in a list", template: "{{#l}}<{{#m}}{{i}}{{/m}}>{{/l}}",
            data: #"{"l":[{"m":[{"i":1},{"i":2}]},{"m":[]}]}"#, expected: "<12><>"),
        TemplateCase(name: "a text is true", template: "{{#a}}{{a}}!{{/a}}", data: #"{"a":"x"}"#, expected: "x!"),
        TemplateCase(name: "an empty text is true", template: "<{{#a}}x{{/a}}>", data: #"{"a":""}"#, expected: "<x>"),
        TemplateCase(name: "a number is true", template: "{{#a}}{{a}}{{/a}}", data: #"{"a":7}"#, expected: "7"),
        TemplateCase(name: "zero is true", template: "<{{#a}}x{{/a}}>", data: #"{"a":0}"#, expected: "<x>"),
        TemplateCase(
            name: "the same section twice", template: "{{#a}}1{{/a}}-{{#a}}2{{/a}}", data: #"{"a":true}"#,
            expected: "1-2"),
        TemplateCase(
            name: "a section of the same name inside", template: "{{#a}}({{#a}}x{{/a}}){{/a}}", data: #"{"a":true}"#,
            expected: "(x)"),
        TemplateCase(
            name: "a false section holds a true one", template: "<{{#a}}b{{#c}}d{{/c}}e{{/a}}>",
            data: #"{"a":false,"c":true}"#, expected: "<>"),
        TemplateCase(
            name: "blanks in section tags", template: "|{{# a }}x{{/ a }}|", data: #"{"a":true}"#, expected: "|x|"),
        TemplateCase(
            name: "blanks inside a section stay", template: " | {{#a}}\t|\t{{/a}} | \n", data: #"{"a":true}"#,
            expected: " | \t|\t | \n"),
    ]

    static let inverted = [
        TemplateCase(name: "false, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":false}"#, expected: "<x>"),
        TemplateCase(name: "true, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":true}"#, expected: "<>"),
        TemplateCase(name: "null, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":null}"#, expected: "<x>"),
        TemplateCase(name: "missing, inverted", template: "<{{^a}}x{{/a}}>", expected: "<x>"),
        TemplateCase(
            name: "an object, inverted", template: "<{{^a}}{{b}}{{/a}}>", data: #"{"a":{"b":"x"}}"#, expected: "<>"),
        TemplateCase(name: "a list, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":[1]}"#, expected: "<>"),
        TemplateCase(name: "an empty list, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":[]}"#, expected: "<x>"),
        TemplateCase(name: "a text, inverted", template: "<{{^a}}x{{/a}}>", data: #"{"a":"y"}"#, expected: "<>"),
        TemplateCase(
            name: "inverted in inverted", template: "{{^a}}1{{^b}}2{{/b}}3{{/a}}", data: #"{"b":true}"#, expected: "13"),
        TemplateCase(name: "either or", template: "{{#a}}yes{{/a}}{{^a}}no{{/a}}", data: #"{"a":[]}"#, expected: "no"),
        TemplateCase(name: "blanks in inverted tags", template: "|{{^ a }}x{{/ a }}|", expected: "|x|"),
    ]

    static let comments = [
        TemplateCase(name: "a comment in a line", template: "12{{! note }}34", expected: "1234"),
        TemplateCase(name: "blanks around a comment stay", template: "1 {{! note }} 2", expected: "1  2"),
        TemplateCase(name: "a comment over lines", template: "1{{!\n  a\n  b\n}}2\n", expected: "12\n"),
        TemplateCase(name: "a comment with signs", template: "a{{!# > = & . }}b", expected: "ab"),
        TemplateCase(name: "a comment with a brace", template: "a{{! } }}b", expected: "ab"),
    ]
}
