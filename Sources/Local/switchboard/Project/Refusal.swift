/// A reason not to go on, as one or two sentences: the fault and the remedy.
struct Refusal: Error, CustomStringConvertible, Equatable {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
