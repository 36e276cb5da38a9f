import Foundation
import JSON
import LocalServices
import Synchronization

/// The caller's and the agent's side of the call.
extension ConsolePhone {
    /// Types a line; one of several lines is one. While a view is open, the agent answers it, and nobody listens to keys.
    func type(_ text: String) throws {
        guard state.withLock({ $0.view }) == nil else { throw Refusal("The agent answers a view now: see Agent.") }
        try give(.typed(text.split(whereSeparator: \.isNewline).joined(separator: " ")))
    }

    /// Hangs up: at once where the call listens, else as soon as it does.
    func hangUp() throws {
        change { $0.isHungUp = true }
        try give(.hungUp)
    }

    /// Lets the caller say a WAV file, which reaches VoiceIt as Twilio's recording of the call.
    func speak(_ audio: [UInt8], named name: String) throws {
        guard SpokenTurn(file: audio) != nil else {
            throw Refusal("The file is no WAV file of plain samples: record one, or convert it to PCM of 16 bits.")
        }
        let stem = String(name.prefix { $0 != "." }.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        let name = state.withLock { state in
            var free = "\(stem.isEmpty ? "voice" : stem).wav"
            while let other = state.files[free], other != audio { free = "\(free.dropLast(4))-2.wav" }
            state.files[free] = audio
            return free
        }
        try give(.typed("(file \(name))"))
    }

    /// Takes the agent's answer to the view that is open: `{"choice": 0}`, `{"form": {…}}` or `{"silence": true}`, with the
    /// number of the `view`.
    ///
    /// A view is answered once: a second press finds none, and not the next one.
    func answer(_ body: JSONValue) throws {
        let open = state.withLock { state in state.view.map { ($0, state.viewNumber) } }
        guard let (view, number) = open, (body["view"]?.int ?? number) == number else {
            throw Refusal("No view is open, or another one.")
        }
        if body["silence"]?.bool == true { return try give(.silence, to: number) }
        if let index = body["choice"]?.int {
            guard view.choices.indices.contains(index) else { throw Refusal("The view has no such choice.") }
            return try give(.choice(view.choices[index]), to: number)
        }
        guard let form = body["form"]?.object, !view.fields.isEmpty else { throw Refusal("The view has no form.") }
        let values = form.compactMapValues(\.string).filter { name, _ in view.fields.contains { $0.name == name } }
        if let missing = view.fields.first(where: { $0.isRequired && (values[$0.name] ?? "").isEmpty }) {
            throw Refusal("\(missing.label) is required.")
        }
        try give(.form(values), to: number)
    }

    private func give(_ answer: AgentAnswer, to number: Int) throws {
        let isFirst = state.withLock { state in
            guard state.viewNumber == number, state.view != nil else { return false }
            state.view = nil
            return true
        }
        guard isFirst else { throw Refusal("The view is answered already.") }
        try give(.agent(answer))
    }

    private func give(_ input: Input) throws {
        guard let inputs = state.withLock({ $0.inputs }) else { throw Refusal("No call is under way.") }
        inputs.yield(input)
    }
}
