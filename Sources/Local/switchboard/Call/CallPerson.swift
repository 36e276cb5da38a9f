/// A person on the line of a contact.
enum CallPerson: String, Sendable {
    case caller, agent
}
