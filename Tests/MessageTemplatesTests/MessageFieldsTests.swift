import AmazonConnect
import JSON
import LambdaRuntime
import MessageTemplates
import Settings
import Testing

@Suite struct MessageFieldsTests {
    private func render(_ template: String, form: String, name: String? = "Maria") throws -> String {
        let fields = try MessageFields(
            Parameters(["formData": .string(form), "customerFullName": name.map(JSONValue.string) ?? .null]))
        return try fields.render(MessageTemplate(parsing: template, name: "t"), escaping: .none)
    }

    @Test(arguments: [
        #"{"customerFullName":"Mallory","visit":{}}"#, #"{"visit":{"customerFullName":"Mallory"}}"#,
        #"{"visit":[{"customerFullName":"Mallory"}]}"#, #"{"visit":{"party":{"customerFullName":"Mallory"}}}"#,
        #"{"visit":{"customerFullName":{"customerFullName":"Mallory"},"party":true}}"#,
    ]) func `form data cannot give the customer's name, at no depth`(form: String) throws {
        let template = "{{#visit}}{{customerFullName}}{{#party}} {{customerFullName}}{{/party}}{{/visit}}"
        #expect(try !render(template, form: form).contains("Mallory"))
        #expect(try render(template, form: form).hasPrefix("Maria"))
        let error = #expect(throws: TemplateError.self) { try render(template, form: form, name: nil) }
        #expect(error?.description.contains("customerFullName is missing") == true)
    }

    @Test func `other members of form data stay as they are, at every depth`() throws {
        #expect(
            try render("{{a}}{{#b}}{{c}}{{#d}}{{e}}{{/d}}{{/b}}", form: #"{"a":1,"b":{"c":2,"d":[{"e":3},{"e":4}]}}"#)
                == "1234")
    }
}
