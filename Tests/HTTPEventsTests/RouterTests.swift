import HTTPEvents
import Testing

@Suite struct RouterTests {
    private let router: Router<String> = {
        var router = Router<String>()
        router.on("POST", "/createRecord/{object}", ignoresCase: true, "create object")
        router.on("POST", "/createRecord", ignoresCase: true, "create")
        router.on("GET", "/getall", "query")
        router.on("GET", "/items/{id}/parts/{part}", "part")
        router.on("GET", "/items/{id}", "item")
        router.on("DELETE", "/items/{id}", "delete")
        router.on("GET", "/items/new", "new")
        router.on("GET", "/", "root")
        return router
    }()

    /// Returns the outcome of a request, in words.
    private func outcome(_ method: String, _ path: String, isBodyMalformed: Bool = false) -> String {
        switch router.route(HTTPEvent(method: method, path: path, isBodyMalformed: isBodyMalformed)) {
        case .found(let result, let parameters):
            ([result] + parameters.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }).joined(separator: " ")
        case .notFound: "404"
        case .methodNotAllowed(let allow): "405 \(allow)"
        case .malformedBody: "400"
        }
    }

    @Test(arguments: [
        ("GET", "/getall", "query"), ("GET", "/getall/", "query"), ("GET", "/", "root"),
        ("GET", "/items/7", "item id=7"),
        ("GET", "/items/new", "new"), ("GET", "/items/7/parts/a", "part id=7 part=a"),
        ("GET", "/items/a%2Fb%20+c", "item id=a/b +c"), ("GET", "/items/%", "item id=%"),
        ("GET", "/items/n%65w", "new"), ("DELETE", "/items/new", "delete id=new"),
        ("POST", "/createRecord", "create"), ("POST", "/CREATErecord", "create"), ("POST", "/createrecord/", "create"),
        ("POST", "/createrecord/Lead", "create object object=Lead"),
    ])
    func `a route is found, with its parameters`(method: String, path: String, expected: String) {
        #expect(outcome(method, path) == expected)
    }

    @Test(arguments: [
        "/nothing", "/GETALL", "/getall/x", "/getall//", "//getall", "//", "/items", "/items//", "/items/",
        "/items/7/parts", "/items//parts/a", "/getall%2F", "/createRecord/Lead/x",
    ])
    func `any other path is not found, whatever the method`(path: String) {
        #expect(outcome("GET", path) == "404")
        #expect(outcome("PATCH", path) == "404")
    }

    @Test(arguments: [
        ("POST", "/getall", "405 GET, HEAD"), ("GET", "/createRecord", "405 POST"),
        ("HEAD", "/createRecord", "405 POST"),
        ("PUT", "/items/7", "405 DELETE, GET, HEAD"), ("get", "/getall", "405 GET, HEAD"),
        ("OPTIONS", "/items/7/parts/a", "405 GET, HEAD"),
    ])
    func `another method is refused with those that are allowed`(method: String, path: String, expected: String) {
        #expect(outcome(method, path) == expected)
    }

    @Test func `HEAD is answered as GET is`() {
        #expect(outcome("HEAD", "/items/7") == "item id=7")
    }

    @Test func `a body that cannot be read is refused on a route only`() {
        #expect(outcome("POST", "/createRecord", isBodyMalformed: true) == "400")
        #expect(outcome("POST", "/nothing", isBodyMalformed: true) == "404")
    }
}
