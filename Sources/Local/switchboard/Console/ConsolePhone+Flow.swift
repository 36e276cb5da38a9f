import JSON
import Synchronization

/// The flow's side of the call.
extension ConsolePhone {
    /// Returns the end of the line that the flow speaks to.
    func line(_ inputs: AsyncStream<Input>) -> CallLine {
        CallLine(
            say: { self.say($0) }, hint: { hint in self.state.withLock { $0.hint = hint } },
            next: { await self.next(inputs) }, agent: { await self.agent($0, inputs) },
            file: { name in
                guard let file = self.state.withLock({ $0.files[name] }) else {
                    throw Refusal("\(name) is no file that was said here.")
                }
                return file
            })
    }

    func say(_ line: ShownLine) {
        change { state in
            state.lines.append(Line(who: Self.side(of: line), text: line.words))
            if line.kind == .transferred, line.speaker == .twilio { state.isDialled = true }
            if state.lines.count > Self.most { state.lines.removeFirst(state.lines.count - Self.most) }
            state.script += Self.expected(line.text)
        }
    }

    private func next(_ inputs: AsyncStream<Input>) async -> String? {
        change { $0.phase = .waiting }
        for await input in inputs {
            switch input {
            case .typed where state.withLock({ $0.isHungUp }): continue
            case .typed(let text):
                heard(text, who: "caller")
                return text
            case .hungUp:
                heard("hang up", who: "note", shown: "(Hung up.)")
                return nil
            case .agent: continue
            }
        }
        return nil
    }

    private func agent(_ view: AgentView, _ inputs: AsyncStream<Input>) async -> AgentAnswer? {
        change { state in
            (state.phase, state.view, state.viewNumber) = (.waiting, view, state.viewNumber + 1)
            state.hint = "The agent answers the view."
        }
        for await input in inputs {
            switch input {
            case .agent(let answer):
                heard(answer, view)
                return answer
            case .hungUp:
                heard("hang up", who: "note", shown: "(The guide was closed.)")
                return nil
            case .typed(let text):
                guard !state.withLock({ $0.isHungUp }), let choice = view.choice(text) else { continue }
                heard(.choice(choice), view)
                return .choice(choice)
            }
        }
        return nil
    }

    private func heard(_ typed: String, who: String, shown: String? = nil) {
        change { state in
            state.lines.append(Line(who: who, text: shown ?? typed))
            state.script.append("> \(typed)")
            (state.phase, state.hint, state.view) = (.busy, "", nil)
        }
    }

    /// Notes a reply to a view, as it is typed in a terminal, too.
    private func heard(_ answer: AgentAnswer, _ view: AgentView) {
        change { state in
            switch answer {
            case .choice(let choice):
                state.lines.append(Line(who: "agent", text: choice.label))
                state.script.append("> \(choice.label)")
            case .silence:
                state.lines.append(Line(who: "agent", text: "(The time runs out.)"))
                state.script.append("> ")
            case .form(let values):
                for field in view.fields {
                    let value = values[field.name] ?? ""
                    state.lines.append(Line(who: "agent", text: "\(field.label): \(value)"))
                    state.script.append("\(field.label)\(field.preset.isEmpty ? "" : " [\(field.preset)]"):")
                    state.script.append("> \(value)")
                }
            }
            (state.phase, state.hint, state.view) = (.busy, "", nil)
        }
    }
}
