import Foundation
import JSON
import LocalServices
import Synchronization

/// The caller's and the agent's side of the call.
extension ConsolePhone {
    func type(_ text: String) throws { try give(.typed(text)) }

    func hangUp() throws { try give(.hungUp) }

    /// Lets the caller say what a WAV file holds.
    func speak(_ audio: [UInt8]) throws {
        let recording = LocalRecording(audio)
        guard audio.starts(with: "RIFF".utf8) else { throw Refusal("The file is not a WAV file.") }
        // The local VoiceIt hears the marks in a file, and takes one without marks for a voice that it does not know.
        let words = recording.phrase ?? SynthesizedSpeech.defaultPhrase
        try give(.typed("\(recording.voice ?? "somebody"): \(words)"))
    }

    /// Takes the agent's answer to the view that is open: `{"choice": 0}`, `{"form": {…}}` or `{"silence": true}`.
    func answer(_ body: JSONValue) throws {
        guard let view = state.withLock({ $0.view }) else { throw Refusal("No view is open.") }
        if body["silence"]?.bool == true { return try give(.agent(.silence)) }
        if let index = body["choice"]?.int {
            guard view.choices.indices.contains(index) else { throw Refusal("The view has no such choice.") }
            return try give(.agent(.choice(view.choices[index])))
        }
        guard let form = body["form"]?.object, !view.fields.isEmpty else { throw Refusal("The view has no form.") }
        let values = form.compactMapValues(\.string).filter { name, _ in view.fields.contains { $0.name == name } }
        if let missing = view.fields.first(where: { $0.isRequired && (values[$0.name] ?? "").isEmpty }) {
            throw Refusal("\(missing.label) is required.")
        }
        try give(.agent(.form(values)))
    }

    private func give(_ input: Input) throws {
        guard let inputs = state.withLock({ $0.inputs }) else { throw Refusal("No call is under way.") }
        inputs.yield(input)
    }
}
