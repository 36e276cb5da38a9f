import AmazonConnect
import Customers
import Logging
import Salesforce
import Telephony

/// Asks Salesforce about the people, the agents and the tasks of a batch, five queries a request.
struct PeopleSearch: Sendable {
    /// The longest user name that is asked for.
    private static let longestName = 255

    let settings: ContactRecordSettings
    let knowledge: Knowledge
    /// The requests that are left for writing, whatever there is to read.
    let reserve: Int

    /// Returns the responses; a question without one is noted there.
    func people(of contacts: [StreamContact], _ tasks: [TaskRow?], _ road: inout Road) async -> People {
        let questions = questions(about: contacts, tasks)
        var people = People()
        var unread: [(question: PeopleQuestion, page: RecordPage)] = []
        var rest = questions[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(SalesforceClient.mostCompositeQueries))
            rest = rest.dropFirst(some.count)
            let answers = await answers(to: some, &road)
            for (index, question) in some.enumerated() {
                guard let answers else {
                    people.miss(question)
                    continue
                }
                if let page = take(answers[index], to: question, &people, &road), page.next != nil {
                    unread.append((question, page))
                }
            }
        }
        // People last: a number that thousands share is nobody's.
        for (question, page) in unread.filter({ !$0.question.isOfPeople }) + unread.filter(\.question.isOfPeople) {
            await read(after: page, to: question, &people, &road)
        }
        people.keepUsers(in: knowledge)
        return people
    }

    private func questions(about contacts: [StreamContact], _ tasks: [TaskRow?]) -> [PeopleQuestion] {
        var numbers: [PhoneNumber] = []
        var given: [CustomerObject: [String]] = [:]
        var (ids, names): ([String], [String]) = ([], [])
        var wantsStatus = false
        for (contact, task) in zip(contacts, tasks) {
            if let person = contact.givenPerson {
                if let task, task.kind != .taken { given[person.object, default: []].append(person.id) }
            } else if let number = contact.number {
                numbers.append(number)
            }
            guard let task else { continue }
            ids.append(contact.id)
            guard task.kind == .taken else { continue }
            wantsStatus = true
            if let name = contact.record.agent?.username, name.utf8.count <= Self.longestName,
                knowledge.user(named: name) == nil
            {
                names.append(name)
            }
        }
        var questions = PeopleQuery.queries(for: numbers.unique, in: settings.phones).map(PeopleQuestion.people)
        for object in CustomerObject.allCases {
            questions += PeopleQuestion.all((given[object] ?? []).unique) { .owners(object, ids: $0) }
        }
        questions += PeopleQuestion.all(ids) { .tasks(contacts: $0) }
        questions += PeopleQuestion.all(names.unique) { .users(names: $0, field: settings.agentField) }
        if wantsStatus, settings.completedStatus == nil, !knowledge.knowsStatuses {
            questions.append(.statuses)
        }
        return questions
    }

    /// Returns the responses to at most five questions; nil when the request failed, or none can be made.
    private func answers(to questions: [PeopleQuestion], _ road: inout Road) async -> [SubResponse]? {
        guard !road.isClosed else { return nil }
        let parts = questions.enumerated().map { index, question in
            SubRequest.query(question.soql, as: APIName("q\(index)") ?? "q")
        }
        do throws(SalesforceError) {
            return try await road.crm.composite(parts, road.call)
        } catch {
            road.close(error)
            return nil
        }
    }

    /// Takes the first page of a response; returns nil when the query was refused.
    private func take(
        _ answer: SubResponse, to question: PeopleQuestion, _ people: inout People, _ road: inout Road
    ) -> RecordPage? {
        do throws(SalesforceError) {
            let page = try answer.records()
            people.take(page, to: question, knowledge)
            return page
        } catch {
            refuse(question, error, &people, &road)
            return nil
        }
    }

    /// Reads the pages after one, as far as the requests go.
    private func read(
        after first: RecordPage, to question: PeopleQuestion, _ people: inout People, _ road: inout Road
    ) async {
        var page = first
        do throws(SalesforceError) {
            while let next = page.next {
                guard road.remaining > reserve else { break }
                page = try await road.crm.page(at: next, road.call)
                people.take(page, to: question, knowledge)
            }
        } catch {
            return refuse(question, error, &people, &road)
        }
        guard page.next != nil else { return }
        people.cut(question)
        road.note(cut: question.isOfPeople)
    }

    /// Notes a query that was refused: without users and statuses a batch goes on, since orgs differ in both.
    private func refuse(
        _ question: PeopleQuestion, _ error: SalesforceError, _ people: inout People, _ road: inout Road
    ) {
        let isRefused = error.kind == .refused
        switch question {
        case .users where isRefused && ["INVALID_FIELD", "INVALID_TYPE"].contains(error.code):
            road.logger.error("\(error) Tasks get no owner: AGENT_USER_FIELD must be a field that the user sees.")
        case .statuses where isRefused && !SalesforceClient.RecordResult.isPassing(error.code):
            road.logger.error("\(error) Tasks get no status: set TASK_STATUS_COMPLETED to the org's own.")
        default:
            people.miss(question)
            if error.kind == .limitReached {
                road.close(error)
            } else {
                road.logger.error("\(error) The contact records that need it come again.")
            }
        }
    }
}

extension Array where Element: Hashable {
    /// The elements, each once, in order.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
