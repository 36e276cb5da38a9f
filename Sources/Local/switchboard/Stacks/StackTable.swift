/// References to a table of stacks/, which may be one that the stack did not create.
enum StackTable {
    /// Returns the text with `!Ref Name` and `!GetAtt Name.Arn` of each table replaced by what holds for one that was
    /// given by its name as well.
    ///
    /// CloudFormation cannot name such a value once, and an entry should not have to say it each time.
    static func references(in text: String, to tables: [String]) -> String {
        text.replacing(/!(?:Ref (\w+)|GetAtt (\w+)\.Arn)(?![\w.])/) { match in
            let name = String(match.output.1 ?? match.output.2 ?? "")
            guard tables.contains(name) else { return String(match.output.0) }
            let arn = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${\(name)Name}"
            let given = match.output.1 == nil ? "!Sub \"\(arn)\"" : "!Ref \(name)Name"
            return "!If [Has\(name), \(given), \(match.output.0)]"
        }
    }
}
