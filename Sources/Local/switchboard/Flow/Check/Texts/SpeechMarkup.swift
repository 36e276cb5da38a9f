import AWS
import JSON

/// SSML as Amazon Polly takes it: XML that is well-formed, with `speak` around it.
enum SpeechMarkup {
    /// Returns the fault of a text; nil for none, and for a reference or variable alone, known only during the call.
    static func fault(in ssml: String) -> String? {
        if ssml.hasPrefix("$"), !ssml.utf8.contains(UInt8(ascii: "<")) { return nil }
        guard let root = try? XMLElement(parsing: Array(ssml.utf8)) else {
            return "has SSML that is not well-formed XML: close each tag, quote each value, and write & as &amp;."
        }
        return root.name == "speak" ? nil : "has SSML that does not begin with <speak>: put it around the text."
    }
}

extension ContactFlow.Action {
    /// The prompts of the action: its parameters and, of one that plays several, its messages.
    var prompts: [JSONValue] { [parameters] + (parameters["Messages"]?.array ?? []) }
}
