extension TemplateCase {
    /// Tags alone on their lines, and those that are not.
    static let standalone = [
        TemplateCase(
            name: "section tags on lines of their own leave no lines", template: "a\n{{#x}}\nb\n{{/x}}\nc\n",
            data: #"{"x":true}"#, expected: "a\nb\nc\n"),
        TemplateCase(
            name: "a false section on its own lines leaves nothing", template: "a\n{{#x}}\nb\n{{/x}}\nc\n",
            data: #"{"x":false}"#, expected: "a\nc\n"),
        TemplateCase(
            name: "inverted tags on their own lines", template: "a\n{{^x}}\nb\n{{/x}}\nc\n", expected: "a\nb\nc\n"),
        TemplateCase(
            name: "indented tags take their blanks along", template: "a\n  {{#x}}  \nb\n\t{{/x}}\t\nc\n",
            data: #"{"x":true}"#, expected: "a\nb\nc\n"),
        TemplateCase(
            name: "lines that end with CR LF", template: "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc\r\n",
            data: #"{"x":true}"#, expected: "a\r\nb\r\nc\r\n"),
        TemplateCase(
            name: "a tag in the first line", template: "{{#x}}\na\n{{/x}}\n", data: #"{"x":true}"#, expected: "a\n"),
        TemplateCase(
            name: "an indented tag in the first line", template: "  {{#x}}\na\n{{/x}}\nb", data: #"{"x":true}"#,
            expected: "a\nb"),
        TemplateCase(
            name: "a tag in a last line without an end", template: "{{#x}}\na\n  {{/x}}", data: #"{"x":true}"#,
            expected: "a\n"),
        TemplateCase(
            name: "blanks behind a tag in the last line", template: "{{#x}}\na\n{{/x}}  ", data: #"{"x":true}"#,
            expected: "a\n"),
        TemplateCase(
            name: "a whole section in one line stays in its line", template: "a\n {{#x}}b{{/x}} \nc",
            data: #"{"x":true}"#, expected: "a\n b \nc"),
        TemplateCase(
            name: "an empty section in one line stays in its line", template: "a\n {{#x}}{{/x}} \nc",
            data: #"{"x":true}"#, expected: "a\n  \nc"),
        TemplateCase(
            name: "text before a tag keeps the line", template: "a {{#x}}\nb\n{{/x}}\nc\n", data: #"{"x":true}"#,
            expected: "a \nb\nc\n"),
        TemplateCase(
            name: "text behind a tag keeps the line", template: "{{#x}} a\nb\n{{/x}}\n", data: #"{"x":true}"#,
            expected: " a\nb\n"),
        TemplateCase(
            name: "a value beside a tag keeps the line", template: "{{v}}{{#x}}\nb\n{{/x}}\n",
            data: #"{"x":true,"v":""}"#, expected: "\nb\n"),
        TemplateCase(
            name: "a comment on its own line", template: "a\n{{! note }}\nb\n", expected: "a\nb\n"),
        TemplateCase(
            name: "an indented comment on its own line", template: "a\n  {{! note }}  \nb\n", expected: "a\nb\n"),
        TemplateCase(
            name: "a comment over several lines on its own", template: "a\n  {{!\n x\n  }}\nb\n", expected: "a\nb\n"),
        TemplateCase(
            name: "a comment in the first line", template: "{{! note }}\na\n", expected: "a\n"),
        TemplateCase(
            name: "a comment in a last line without an end", template: "a\n  {{! note }}", expected: "a\n"),
        TemplateCase(
            name: "a comment and nothing else", template: "{{! note }}", expected: ""),
        TemplateCase(
            name: "a comment between CR LF", template: "|\r\n{{! note }}\r\n|", expected: "|\r\n|"),
        TemplateCase(
            name: "nested tags on their own lines", template: "{{#l}}\n- {{i}}\n{{#m}}\n  + {{i}}\n{{/m}}\n{{/l}}\n",
            data: #"{"l":[{"i":1,"m":[{"i":2},{"i":3}]},{"i":4}]}"#, expected: "- 1\n  + 2\n  + 3\n- 4\n"),
    ]
}
