import JSON
import Testing
import Timeline

struct TimelineTests {
    private func said(_ text: String) -> TimelineEvent {
        TimelineEvent(.call, "said", text, source: "entry", detail: ["who": "Connect", "text": .string(text)])
    }

    @Test func `an event has the documented form, and what does not apply is left out`() throws {
        let timeline = Timeline(now: { "2026-11-29T12:36:00.123Z" })
        timeline.report(said("Hello."))
        timeline.report(
            TimelineEvent(
                .lambda, "invocation", "SendEmail → 200 in 12 ms", outcome: .ok, milliseconds: 12.3,
                function: "SendEmail", invocation: 7, command: "switchboard invoke SendEmail", detail: ["cold": true]))
        let lines = timeline.events().map { String(decoding: $0.json, as: UTF8.self) }
        #expect(timeline.run.wholeMatch(of: /[0-9a-f]{8}/) != nil)
        #expect(
            lines.map { $0.replacing(timeline.run, with: "0a1b2c3d") } == [
                #"{"channel":"call","detail":{"text":"Hello.","who":"Connect"},"id":1,"kind":"said","run":"0a1b2c3d","source":"entry","time":"2026-11-29T12:36:00.123Z","title":"Hello."}"#,
                #"{"channel":"lambda","command":"switchboard invoke SendEmail","detail":{"cold":true},"function":"SendEmail","id":2,"invocation":7,"kind":"invocation","milliseconds":12.3,"outcome":"ok","run":"0a1b2c3d","time":"2026-11-29T12:36:00.123Z","title":"SendEmail → 200 in 12 ms"}"#,
            ])
        let back = try lines.map { try JSONText.decode(TimelineEvent.self, from: Array($0.utf8)) }
        #expect(back == timeline.events())
    }

    @Test func `the last events are kept, up to a number and a weight`() {
        let timeline = Timeline(limit: 100)
        for number in 1...5_000 { timeline.report(said("\(number)")) }
        #expect(timeline.events().map(\.id) == Array(4_901...5_000))
        #expect(timeline.events(after: 4_998).map(\.title) == ["4999", "5000"])
        #expect(timeline.events(after: 5_000).isEmpty)

        let heavy = Timeline(weightLimit: 100_000)
        for _ in 1...50 { heavy.report(said(String(repeating: "x", count: 10_000))) }
        let kept = heavy.events()
        #expect(kept.count < 6)
        #expect(kept.last?.id == 50)
    }

    @Test func `one event cannot fill the timeline`() {
        let timeline = Timeline()
        let list = JSONValue.array(Array(repeating: .string(String(repeating: "y", count: 300_000)), count: 200))
        timeline.report(TimelineEvent(.lambda, "invocation", "big", detail: ["event": list]))
        let size = timeline.events().first?.json.count ?? .max
        #expect(size < 2 << 20)
        #expect(size > 1_000)
    }

    @Test func `a reader gets what was reported before it and after it, in order, until the end`() async {
        let timeline = Timeline()
        timeline.report(said("1"))
        timeline.report(said("2"))
        let stream = timeline.subscribe(after: 1)
        timeline.report(said("3"))
        timeline.finish()
        timeline.report(said("4"))
        var ids: [Int] = []
        for await event in stream { ids.append(event.id) }
        #expect(ids == [2, 3])
    }

    @Test func `a slow reader loses events, is told how many, and nobody waits for it`() async {
        let timeline = Timeline()
        let stream = timeline.subscribe(buffer: 3)
        for number in 1...10 { timeline.report(said("\(number)")) }
        var reader = stream.makeAsyncIterator()
        var titles: [String] = []
        for _ in 1...2 { titles.append(await reader.next()?.title ?? "") }
        timeline.report(said("11"))
        for _ in 1...3 { titles.append(await reader.next()?.title ?? "") }
        #expect(titles == ["1", "2", "3", "7 events were left out", "11"])
    }

    @Test func `the last events that a slow reader loses are told too`() async {
        let timeline = Timeline()
        let stream = timeline.subscribe(buffer: 1)
        for number in 1...3 { timeline.report(said("\(number)")) }
        timeline.finish()
        var events: [TimelineEvent] = []
        for await event in stream { events.append(event) }
        #expect(events.map(\.title) == ["1", "2 events were left out"])
        #expect(events.last?.channel == .timeline)
    }

    @Test func `a reader who comes back is told what is no longer kept`() async {
        let timeline = Timeline(limit: 2)
        for number in 1...5 { timeline.report(said("\(number)")) }
        var reader = timeline.subscribe(after: 1).makeAsyncIterator()
        let titles = [await reader.next()?.title, await reader.next()?.title]
        #expect(titles == ["2 events were left out", "4"])
    }

    @Test func `cleared events are gone, nobody misses them, and ids go on`() async {
        let timeline = Timeline()
        timeline.report(said("1"))
        timeline.clear()
        #expect(timeline.events().isEmpty)
        let id = timeline.report(said("2"))
        #expect(id == 2)
        var reader = timeline.subscribe(after: 0).makeAsyncIterator()
        #expect(await reader.next()?.title == "2")
    }

    @Test func `a reader that went away is forgotten`() async {
        let timeline = Timeline()
        let task = Task {
            for await _ in timeline.subscribe() {}
        }
        while timeline.readerCount == 0 { await Task.yield() }
        task.cancel()
        await task.value
        timeline.report(said("1"))
        #expect(timeline.readerCount == 0)
    }

    @Test func `many reporters at once get ids without gaps, and the sink sees them in order`() async {
        let timeline = Timeline()
        let seen = Recorded()
        timeline.pass(to: { seen.add($0.id) })
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<250 { timeline.report(said("\(task) \(number)")) } }
            }
        }
        #expect(seen.ids == Array(1...2_000))
    }
}
