import JSON
import Settings

/// One requirement of CreateContactFlow on a block, apart from a NextAction.
///
/// Parameters may be named by a path: `InputValidation.PhoneNumberValidation`.
indirect enum BlockRule: Sendable {
    /// A parameter that must be there, and not empty.
    case needs(String)
    /// Exactly one of these parameters must be there.
    case needsOneOf([String])
    /// A parameter that is refused, and the alternative.
    case takesNo(String, instead: String)
    /// A parameter that must be a whole number in a range, as a number or as text; a reference too where it may be one.
    case number(String, ClosedRange<Int>, orReference: Bool)
    /// A parameter that must be one reference, such as `$.Attributes.number`.
    case reference(String)
    /// The number of entries that a parameter's map or list must have.
    case entries(String, ClosedRange<Int>)
    /// A parameter's map whose values must not be empty.
    case filled(String)
    /// The form of every value in a parameter's map.
    case values(String, member: String)
    /// A branch that must be there.
    case error(String)
    /// A branch that is refused.
    case noError(String)
    /// The only branches for errors that are not refused.
    case errorsOnly([String])
    /// Conditions, by their operands, that must be there.
    case conditions([String])
    /// Conditions that must be there, and no other may be.
    case conditionsOnly([String])
    /// At least one condition must be there.
    case anyCondition
    /// No condition may be there; and the alternative.
    case noConditions(instead: String)
    /// Rules that hold when a parameter has that value, or any, and those that hold otherwise.
    case when(String, is: String? = nil, [BlockRule], otherwise: [BlockRule] = [])
}

extension BlockRule {
    /// Returns the faults of an action: one sentence each, without its subject, which is the action.
    func faults(in action: ContactFlow.Action) -> [String] {
        switch self {
        case .needs(let name): action.has(name) ? [] : ["has no \(name): add it to its Parameters."]
        case .needsOneOf(let names):
            names.count(where: { action.has($0) }) == 1
                ? [] : ["needs exactly one of \(names.joined(separator: ", ")) in its Parameters."]
        case .takesNo(let name, let instead): action.parameter(name) == nil ? [] : ["takes no \(name): \(instead)."]
        case .number(let name, let range, let orReference):
            Self.number(action.parameter(name), named: name, range, orReference)
        case .reference(let name): Self.reference(action.parameter(name), named: name)
        case .entries(let name, let range): Self.entries(action.parameter(name), named: name, range)
        case .filled(let name):
            (action.parameter(name)?.object ?? [:]).filter { $0.value.isEmptyText }.keys.sorted().map {
                "has an empty \(name).\($0): give it a value."
            }
        case .values(let name, let member):
            (action.parameter(name)?.object ?? [:]).filter { $0.value[member] == nil }.keys.sorted().map {
                "has \(name).\($0) without \(member): write it as {\"\(member)\": …}."
            }
        case .when(let name, let value, let rules, let otherwise):
            (action.has(name, value) ? rules : otherwise).flatMap { $0.faults(in: action) }
        case .error, .noError, .errorsOnly: errorFaults(in: action)
        case .conditions, .conditionsOnly, .anyCondition, .noConditions: conditionFaults(in: action)
        }
    }

    private func errorFaults(in action: ContactFlow.Action) -> [String] {
        let errors = action.errors.map(\.type)
        let refused = { (error: String) in "takes no branch for \(error): take it out of its Errors." }
        switch self {
        case .error(let error):
            return errors.contains(error) ? [] : ["has no branch for \(error): add one to its Errors."]
        case .noError(let error): return errors.contains(error) ? [refused(error)] : []
        case .errorsOnly(let allowed): return Set(errors).subtracting(allowed).sorted().map(refused)
        default: return []
        }
    }

    private func conditionFaults(in action: ContactFlow.Action) -> [String] {
        let operands = action.conditions.flatMap(\.operands)
        let missing = { (names: [String]) in
            names.filter { !operands.contains($0) }.map { "has no condition for \($0): add one to its Conditions." }
        }
        switch self {
        case .conditions(let names): return missing(names)
        case .conditionsOnly(let names):
            let others = Set(operands).subtracting(names).sorted().map { "takes no condition for \($0)." }
            let isRepeated = operands.count > Set(operands).count
            return missing(names) + others + (isRepeated ? ["has two conditions for the same."] : [])
        case .anyCondition: return action.conditions.isEmpty ? ["has no condition: add one to its Conditions."] : []
        case .noConditions(let instead): return action.conditions.isEmpty ? [] : ["takes no conditions: \(instead)."]
        default: return []
        }
    }

    private static func number(
        _ value: JSONValue?, named name: String, _ range: ClosedRange<Int>, _ orReference: Bool
    ) -> [String] {
        guard let value else { return [] }
        // A variable of the file's own is filled in before the import.
        let isDynamic =
            value.string.map { FlowReference.whole($0) != nil || !FlowVariables.names(in: $0).isEmpty } == true
        let isFine = value.int.map(range.contains) ?? (orReference && isDynamic)
        return isFine ? [] : ["needs \(name) from \(range.lowerBound) to \(range.upperBound)."]
    }

    private static func reference(_ value: JSONValue?, named name: String) -> [String] {
        guard let value, value.string.flatMap(FlowReference.whole) == nil else { return [] }
        return ["takes a reference alone as \(name): set an attribute to the value, and name it as $.Attributes.…"]
    }

    private static func entries(_ value: JSONValue?, named name: String, _ range: ClosedRange<Int>) -> [String] {
        guard let value, let count = value.object?.count ?? value.array?.count, !range.contains(count) else {
            return []
        }
        if count > range.upperBound { return ["has \(count) entries in \(name), and may have \(range.upperBound)."] }
        return ["has no entry in \(name): add one."]
    }
}

extension ContactFlow.Action {
    /// Returns the parameter at a path of names; nil when it is missing or null.
    func parameter(_ path: String) -> JSONValue? {
        parameters.value(at: path)
    }

    /// Returns true for a parameter that is there, not empty and, with a value given, has it in upper or lower case.
    func has(_ path: String, _ value: String? = nil) -> Bool {
        guard let found = parameter(path), !found.isEmptyText else { return false }
        return value.map { found.scalarText?.lowercased() == $0.lowercased() } ?? true
    }
}

extension JSONValue {
    /// True for a string without characters, which Amazon Connect takes for a missing parameter.
    var isEmptyText: Bool { string?.isEmpty == true }
}
