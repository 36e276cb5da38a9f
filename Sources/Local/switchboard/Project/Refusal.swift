/// A reason not to go on, as one or two sentences: what is wrong and what to do.
struct Refusal: Error, CustomStringConvertible, Equatable {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
