import AmazonConnect
import CallRecords
import Calling
import LambdaRuntime
import Logging
import Salesforce

/// Writes the contacts of one batch: call records, then the tasks and e-mails of those that were written.
struct BatchRun: Sendable {
    /// The most requests for 200 contacts, which is how many fit into a collection.
    private static let mostRequests = 8
    /// The requests of these that are kept for writing: call records, tasks, and rows that are sent again.
    private static let fewestRequests = 3

    let settings: ContactRecordSettings
    let knowledge: Knowledge
    let crm: SalesforceClient
    let link: RecordingLink?
    let notice: VoicemailNotice?

    /// Writes what can be written by the deadline; the tally has every contact that comes again.
    func write(
        _ contacts: [StreamContact], by deadline: ContinuousClock.Instant, _ tally: inout Tally,
        _ context: LambdaContext
    ) async {
        guard !contacts.isEmpty else { return }
        let logger = context.logger
        let recordings = contacts.map { CallRecording(of: $0, at: settings.recordings?.place, link) }
        let tasks = contacts.indices.map { TaskRow(of: contacts[$0], recordings[$0], settings) }
        let collections = Self.collections(of: contacts.count)
        var road = Road(crm, RequestBudget(Self.mostRequests * collections), by: deadline, logger)
        let search = PeopleSearch(settings: settings, knowledge: knowledge, reserve: Self.fewestRequests * collections)
        let people = await search.people(of: contacts, tasks, &road)

        var rows: [Row] = []
        var persons: [Int: PersonLink] = [:]
        for (place, contact) in contacts.enumerated() {
            guard people.isComplete(for: contact, tasks[place]) else {
                tally.fail(contact)
                continue
            }
            let person = people.link(of: contact)
            persons[place] = person
            rows.append(CallRow.row(of: contact, at: place, person, recordings[place], settings))
        }
        var writer = RowWriter(settings.object, knowledge, reserve: reserve(for: rows, tasks, people))
        await writer.write(rows, &road)
        var written: [Int] = []
        for row in rows {
            switch writer.endings[row.contact] ?? .again {
            case .written:
                written.append(row.contact)
                tally.written += 1
            case .stale: tally.stale += 1
            case .skipped: tally.skipped += 1
            case .refused(let code): tally.bury(contacts[row.contact], code: code)
            case .again: tally.fail(contacts[row.contact])
            }
        }
        let own = written.compactMap { place -> (place: Int, task: TaskRow)? in
            tasks[place].map { (place: place, task: $0) }
        }
        await write(own, people, persons, &tally, &road)
        road.logDroppedFields()
        let failed = tally
        let voicemails = written.compactMap { place -> (contact: StreamContact, link: String)? in
            let contact = contacts[place]
            guard !failed.fails(contact) else { return nil }
            return TaskRow.voicemailLink(of: contact.record, recordings[place]).map { (contact: contact, link: $0) }
        }
        await tell(voicemails, &tally, context)
    }

    /// Returns the requests that the tasks of rows take at the least: what they had no request left for would come again,
    /// call records and all.
    private func reserve(for rows: [Row], _ tasks: [TaskRow?], _ people: People) -> Int {
        let own = rows.compactMap { tasks[$0.contact] }
        let updates = own.count { people.tasks[$0.contact.id] != nil }
        return Self.collections(of: own.count - updates) + Self.collections(of: updates)
    }

    /// Returns the number of collections that rows fill.
    private static func collections(of rows: Int) -> Int {
        (rows + SalesforceClient.largestCollection - 1) / SalesforceClient.largestCollection
    }

    /// Writes the tasks of contacts, the new ones and the others in collections of their own.
    private func write(
        _ tasks: [(place: Int, task: TaskRow)], _ people: People, _ persons: [Int: PersonLink], _ tally: inout Tally,
        _ road: inout Road
    ) async {
        let status = settings.completedStatus ?? knowledge.completedStatus
        var (creations, updates): ([Row], [Row]) = ([], [])
        for (place, task) in tasks {
            if let existing = people.tasks[task.contact.id] {
                let row = task.update(at: place, of: existing)
                // The external id alone changes nothing.
                if knowledge.fields(row.fields).count > 1 { updates.append(row) }
            } else {
                let person = persons[place] ?? PersonLink()
                let owner = owner(of: task, people, person)
                creations.append(task.creation(at: place, person, owner: owner, status: status))
            }
        }
        for (rows, reserve) in [(creations, updates.isEmpty ? 0 : 1), (updates, 0)] {
            var writer = RowWriter(TaskRow.object, knowledge, reserve: reserve)
            await writer.write(rows, &road)
            for (place, task) in tasks {
                switch writer.endings[place] {
                case .written, .stale, nil: break
                case .skipped: tally.skipped += 1
                case .refused(let code): tally.bury(task.contact, code: code)
                case .again: tally.fail(task.contact)
                }
            }
        }
    }

    /// Returns the agent who took the contact, or the user who owns the missed caller's record.
    private func owner(of task: TaskRow, _ people: People, _ person: PersonLink) -> String? {
        guard task.kind == .taken else { return person.owner ?? settings.defaultOwner }
        return task.contact.record.agent?.username.flatMap { name in
            people.user(named: name) ?? knowledge.user(named: name)
        }
    }

    /// Sends the e-mails about voicemails, several at once.
    private func tell(
        _ voicemails: [(contact: StreamContact, link: String)], _ tally: inout Tally, _ context: LambdaContext
    ) async {
        guard let notice else { return }
        var rest = voicemails[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(VoicemailNotice.breadth))
            rest = rest.dropFirst(some.count)
            let endings = await withTaskGroup(of: (Int, VoicemailNotice.Ending).self) { group in
                for (index, voicemail) in some.enumerated() {
                    group.addTask { (index, await notice.send(of: voicemail.contact, link: voicemail.link, context)) }
                }
                return await group.reduce(into: [Int: VoicemailNotice.Ending]()) { $0[$1.0] = $1.1 }
            }
            for (index, voicemail) in some.enumerated() {
                switch endings[index] ?? .again {
                case .sent: break
                case .refused(let code): tally.bury(voicemail.contact, code: code)
                case .again: tally.fail(voicemail.contact)
                }
            }
        }
    }
}
