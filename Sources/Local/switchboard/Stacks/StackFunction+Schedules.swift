import JSON
import LambdaRuntime

/// The schedules by which a function runs.
extension StackFunction {
    /// Returns the fields of the pattern: a rule for each schedule, and the name of what all of them share; nil without
    /// a schedule.
    ///
    /// An entry has one `Schedule` with its `Id`, or `Schedules`, each under its id. A function's settings for
    /// asynchronous invocations exist once ("AWS::Lambda::EventInvokeConfig" in the CloudFormation reference): they are
    /// named for the one schedule, or for the function.
    static func schedules(_ members: [String: StackItem], of function: StackItem) throws -> JSONValue? {
        guard let schedules = members["Schedules"] else {
            guard let schedule = members["Schedule"] else { return nil }
            let parts = try Self.parts(of: schedule, known: ["Id", "Rate", "Description", "Input"])
            guard let id = parts["Id"], let rule = Self.rule(id, parts) else {
                throw Refusal("\(schedule.place): Schedule needs an Id, a Rate and a Description.")
            }
            return ["rules": .array([rule]), "retries": .string(id)]
        }
        guard members["Schedule"] == nil else {
            throw Refusal("\(schedules.place): \(function.name) has Schedule and Schedules: put all into Schedules.")
        }
        let rules = try schedules.items().map { schedule in
            guard
                let rule = Self.rule(
                    schedule.name, try Self.parts(of: schedule, known: ["Rate", "Description", "Input"]))
            else { throw Refusal("\(schedule.place): \(schedule.name) needs a Rate and a Description.") }
            return rule
        }
        return ["rules": .array(rules), "retries": .string(function.name)]
    }

    private static func parts(of item: StackItem, known: Set<String>) throws -> [String: String] {
        try members(of: item, known: known).mapValues { try $0.scalar() }
    }

    /// Returns the fields of one rule; nil where one that it needs is missing.
    private static func rule(_ id: String, _ parts: [String: String]) -> JSONValue? {
        guard let rate = parts["Rate"], let description = parts["Description"] else { return nil }
        return [
            "id": .string(id), "rate": .string(rate), "description": .string(description),
            "input": parts["Input"].map(JSONValue.string) ?? .null,
        ]
    }
}
