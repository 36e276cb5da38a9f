// swift-tools-version: 6.2
import PackageDescription

/// The functions: one row for each folder under Sources/Functions. build.sh reads their names too.
let functions: [Function] = [
    Function(
        "AlexaCRM",
        [
            "Alexa", "AlexaEndpoint", "AlexaVerification", "AWS", "Calling", "Encoding", "HTTPClient", "HTTPTypes",
            "Idempotency",
        ]),
    Function(
        "AlexaJokebox",
        ["Alexa", "AlexaEndpoint", "AlexaVerification", "AWS", "Calling", "Crypto", "Encoding", "HTTPClient"]),
    Function("CRMWrapperAPI", ["AWS", "Calling", "Crypto", "Encoding", "HTTPClient", "HTTPEvents", "Salesforce"]),
    Function(
        "ConnectCRM",
        [
            "AmazonConnect", "AWS", "Calling", "Customers", "Encoding", "HTTPClient", "Idempotency", "Salesforce",
            "Telephony",
        ]),
    Function(
        "ConnectContactRecords",
        [
            "AmazonConnect", "AWS", "AWSEvents", "Calling", "CallRecords", "Customers", "Encoding", "HTTPClient",
            "Idempotency", "MessageTemplates", "Salesforce", "Telephony",
        ], hasTemplates: true),
    Function(
        "ConnectRecording",
        [
            "AmazonConnect", "AWS", "AWSEvents", "Calling", "CallRecords", "Customers", "Encoding", "HTTPClient",
            "HTTPEvents", "Salesforce", "Telephony",
        ]),
    Function(
        "ConnectMetrics",
        ["AWS", "Calling", "Encoding", "HTTPClient", "Salesforce"]),
    Function("Echo"),
    Function(
        "SendEmail", ["AmazonConnect", "AWS", "Calling", "Idempotency", "MessageTemplates"],
        hasTemplates: true),
    Function(
        "SendSMS", ["AmazonConnect", "AWS", "Calling", "Encoding", "Idempotency", "MessageTemplates", "Telephony"],
        hasTemplates: true),
    Function(
        "TwilioVoice",
        ["AWS", "Calling", "Encoding", "HTTPClient", "HTTPEvents", "Twilio", "TwilioREST", "VoiceAuth", "VoiceIt"]),
    Function(
        "VoiceAuthCheck",
        ["AmazonConnect", "AWS", "Calling", "HTTPClient", "Twilio", "TwilioREST", "VoiceAuth", "VoiceIt"]),
]

struct Function {
    let name: String
    /// Targets of this package, and HTTPTypes, beside JSON, LambdaRuntime, Logging and Settings, which every function has.
    let dependencies: [String]
    /// True when its folder holds `templates`, which build.sh puts into the zip, beside the bootstrap.
    let hasTemplates: Bool

    init(_ name: String, _ dependencies: [String] = [], hasTemplates: Bool = false) {
        self.name = name
        self.dependencies = dependencies
        self.hasTemplates = hasTemplates
    }
}

/// One set of settings for every Swift target: Swift 6 and the upcoming features that make imports and existentials plain.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What lies under everything else is optimised in a test build too, which spends much of its time there.
let baseSettings = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func library(
    _ name: String, in layer: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
    resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)", exclude: exclude,
        resources: resources, swiftSettings: layer == "Base" ? baseSettings : settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"],
        path: "Tests/\(name)", exclude: exclude,
        swiftSettings: settings)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "Switchboard",
    products: functions.map { .executable(name: $0.name, targets: [$0.name]) } + [
        .executable(name: "switchboard", targets: ["switchboard"])
    ],
    dependencies: [
        // Shipped in every bootstrap: the Logger that handlers see.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // Shipped in bootstraps that call out: request and response heads.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        // The switchboard command only.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        // The paths and descriptors in swift-subprocess's API.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        // Tests only: the oracle for our template renderer.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", path: "Sources/System/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "COpenSSL", path: "Sources/System/COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CExpat", path: "Sources/System/CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .target(name: "CRapidJSON", path: "Sources/System/CRapidJSON"),

        library("Crypto", in: "Base", ["COpenSSL", "Encoding"]),
        library("Encoding", in: "Base"),
        library("Idling", in: "Base"),
        library("JSON", in: "Base", ["CRapidJSON", "Encoding", "Settings"]),
        library("Settings", in: "Base"),

        library("LambdaRuntime", in: "Runtime", ["Encoding", "Idling", "JSON", "Settings", logging]),

        library("Calling", in: "Net", ["Encoding"]),
        library("HTTPClient", in: "Net", ["Calling", "CCurl", "Crypto", "Encoding", "Idling", "Settings", httpTypes]),

        library("Alexa", in: "Channels", ["Encoding", "JSON", "Settings", logging]),
        library("AmazonConnect", in: "Channels", ["Encoding", "JSON"]),
        library("AWSEvents", in: "Channels", ["Encoding", "JSON"]),
        library("HTTPEvents", in: "Channels", ["Encoding", "JSON"]),
        library("Telephony", in: "Channels", ["Encoding", "Settings"]),
        library("Twilio", in: "Channels", ["Calling", "Crypto", "Encoding", "HTTPEvents", "JSON", "Settings"]),

        library(
            "AWS", in: "Services",
            ["Calling", "CExpat", "Crypto", "Encoding", "HTTPClient", "JSON", "Settings", httpTypes]),
        library(
            "Salesforce", in: "Services",
            ["AWS", "Calling", "Crypto", "Encoding", "HTTPClient", "JSON", "Settings", httpTypes, logging]),
        library("TwilioREST", in: "Services", ["AWS", "Calling", "HTTPClient", "Settings", "Twilio", httpTypes]),
        library(
            "VoiceIt", in: "Services", ["AWS", "Calling", "Encoding", "HTTPClient", "JSON", "Settings", httpTypes]),

        library(
            "AlexaEndpoint", in: "Domain",
            [
                "Alexa", "AlexaVerification", "AWS", "Calling", "Encoding", "HTTPEvents", "JSON", "LambdaRuntime",
                "Settings", logging,
            ]),
        library(
            "AlexaVerification", in: "Domain",
            ["Calling", "COpenSSL", "Crypto", "Encoding", "HTTPClient", "HTTPEvents", "Settings", httpTypes]),
        library(
            "CallRecords", in: "Domain",
            ["AWS", "AWSEvents", "Calling", "Crypto", "Encoding", "JSON", "Salesforce", "Settings", "Telephony"]),
        library("Customers", in: "Domain", ["Calling", "JSON", "Salesforce", "Settings", "Telephony"]),
        library("Idempotency", in: "Domain", ["AWS", "Calling", "Crypto", "JSON", "Settings", logging]),
        library("MessageTemplates", in: "Domain", ["AmazonConnect", "Encoding", "JSON", "Settings"]),
        library(
            "VoiceAuth", in: "Domain",
            ["AWS", "Calling", "Crypto", "Encoding", "HTTPClient", "JSON", "Settings", "Telephony", "VoiceIt", logging]),
    ]
        + functions.map {
            .executableTarget(
                name: $0.name,
                dependencies: $0.dependencies.map { $0 == "HTTPTypes" ? httpTypes : .target(name: $0) } + [
                    "JSON", "LambdaRuntime", "Settings", logging,
                ],
                path: "Sources/Functions/\($0.name)",
                exclude: $0.hasTemplates ? ["templates"] : [],
                swiftSettings: settings)
        } + [
            library(
                "Timeline", in: "Local",
                ["Encoding", "JSON", .product(name: "SystemPackage", package: "swift-system")]),
            library(
                "LocalServices", in: "Local",
                [
                    "AWS", "Crypto", "Encoding", "JSON", "Settings", "Timeline", "VoiceIt",
                    .product(name: "FlyingSocks", package: "FlyingFox"), httpTypes,
                    .product(name: "Subprocess", package: "swift-subprocess"),
                    .product(name: "SystemPackage", package: "swift-system"),
                ],
                // Programs in Python that Swift starts lie beside it, and are part of what is built.
                resources: [.embedInCode("AWS/Ministack/ministack_server.py"), .embedInCode("AWS/Moto/moto_server.py")]),
            library("Console", in: "Local", ["JSON", "LocalServices", "Timeline"], exclude: ["web"]),
            .executableTarget(
                name: "switchboard",
                dependencies: [
                    "AWS", "Calling", "Console", "Crypto", "Encoding", "HTTPClient", "JSON", "LambdaRuntime",
                    "LocalServices", "MessageTemplates", "Salesforce", "Settings", "Telephony", "Timeline", "Twilio",
                    "TwilioREST",
                    "VoiceAuth", "VoiceIt",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"), httpTypes,
                    .product(name: "Subprocess", package: "swift-subprocess"),
                    .product(name: "SystemPackage", package: "swift-system"), .product(name: "Yams", package: "Yams"),
                ],
                path: "Sources/Local/switchboard", exclude: ["New/Templates"],
                resources: [
                    .embedInCode("Doctor/Machine/check_packages.py"), .embedInCode("Doctor/Machine/check_zip.py"),
                ],
                swiftSettings: settings),

            .target(
                name: "TestSupport",
                dependencies: ["Calling", "COpenSSL", "Encoding", "JSON", "LocalServices", "Settings"],
                path: "Tests/TestSupport", exclude: ["Python"],
                swiftSettings: settings),
            tests(
                "AlexaCRMTests",
                [
                    "Alexa", "AlexaCRM", "AlexaEndpoint", "AlexaVerification", "AWS", "Calling", "HTTPClient",
                    "HTTPEvents", "Idempotency", "JSON", "LambdaRuntime", "Settings",
                ]),
            tests(
                "AlexaJokeboxTests",
                [
                    "Alexa", "AlexaEndpoint", "AlexaJokebox", "AlexaVerification", "AWS", "Calling", "Encoding",
                    "HTTPClient", "JSON", "LambdaRuntime", "LocalServices", "Settings", httpTypes,
                ]),
            tests("AlexaTests", ["Alexa", "JSON", "Settings", logging]),
            tests("AlexaVerificationTests", ["AlexaVerification", "HTTPClient", "HTTPEvents", "JSON", "Settings"]),
            tests("AmazonConnectTests", ["AmazonConnect", "JSON", "LambdaRuntime", "Settings"]),
            tests("AWSEventsTests", ["AWSEvents", "JSON"]),
            tests(
                "AWSTests",
                ["AWS", "Calling", "Crypto", "Encoding", "HTTPClient", "JSON", "LocalServices", "Settings", httpTypes],
                exclude: ["Vectors"]),
            // The console's page in a real browser.
            tests("BrowserTests", ["Crypto", "JSON", "LocalServices"], exclude: ["Support/browser.py"]),
            tests("CallingTests", ["Calling"]),
            tests("CallRecordsTests", ["AWS", "AWSEvents", "CallRecords", "JSON", "Settings"]),
            tests(
                "ConnectContactRecordsTests",
                [
                    "AmazonConnect", "AWS", "AWSEvents", "Calling", "CallRecords", "ConnectContactRecords", "JSON",
                    "LambdaRuntime", "LocalServices", "Salesforce", "Settings", logging,
                ]),
            tests(
                "ConnectCRMTests",
                [
                    "AmazonConnect", "AWS", "Calling", "ConnectCRM", "Encoding", "JSON", "LambdaRuntime",
                    "LocalServices", "Salesforce", "Settings", logging,
                ]),
            tests(
                "ConnectMetricsTests",
                [
                    "AWS", "Calling", "ConnectMetrics", "JSON", "LambdaRuntime", "LocalServices", "Salesforce",
                    "Settings",
                    logging,
                ]),
            tests(
                "ConnectRecordingTests",
                [
                    "AmazonConnect", "AWS", "AWSEvents", "Calling", "CallRecords", "ConnectRecording", "Crypto",
                    "Customers", "JSON", "LambdaRuntime", "LocalServices", "Salesforce", "Settings", logging,
                ]),
            tests(
                "CRMWrapperAPITests",
                [
                    "AWS", "Calling", "CRMWrapperAPI", "Encoding", "HTTPEvents", "JSON", "LambdaRuntime",
                    "LocalServices", "Salesforce", "Settings", logging,
                ]),
            tests("ConsoleTests", ["Console", "JSON", "LocalServices", "Timeline"]),
            tests("CryptoTests", ["AWS", "COpenSSL", "Crypto"]),
            tests(
                "CustomersTests",
                [
                    "Calling", "Customers", "JSON", "LocalServices", "Salesforce", "Settings", "Telephony",
                ]),
            // The pages, their links, and the Swift that they show.
            tests(
                "DocumentationTests",
                [
                    "Alexa", "AlexaEndpoint", "AlexaVerification", "AmazonConnect", "AWS", "AWSEvents", "Calling",
                    "Encoding", "HTTPClient", "HTTPEvents", "Idempotency", "JSON", "LambdaRuntime", "MessageTemplates",
                    "Salesforce", "Settings", httpTypes, logging,
                ]),
            tests("EncodingTests", ["Encoding"]),
            tests(
                "FuzzTests",
                [
                    "AlexaVerification", "ConnectRecording", "COpenSSL", "Crypto", "Encoding", "HTTPEvents", "JSON",
                    "LocalServices", "MessageTemplates",
                    "Salesforce", "switchboard", "Twilio",
                ], exclude: ["Certificates", "Found"]),
            tests("HTTPClientTests", ["Calling", "HTTPClient", httpTypes]),
            tests("HTTPEventsTests", ["HTTPEvents", "JSON", "LambdaRuntime", "Settings"]),
            tests("IdempotencyTests", ["AWS", "Calling", "HTTPClient", "Idempotency", "LambdaRuntime", "Settings"]),
            tests(
                "IntegrationTests",
                [
                    "AWS", "Crypto", "Encoding", "HTTPClient", "JSON", "LocalServices", "Settings", "Timeline",
                    "Twilio",
                    httpTypes,
                ]),
            tests("JSONTests", ["JSON", "LambdaRuntime", "Settings"]),
            tests(
                "LambdaRuntimeTests", ["HTTPClient", "Idling", "JSON", "LambdaRuntime", "Settings", httpTypes, logging]),
            tests(
                "LocalServicesTests",
                [
                    "AWS", "Encoding", "JSON", "LambdaRuntime", "LocalServices", "Settings", "Timeline", "VoiceIt",
                    httpTypes,
                ]),
            tests(
                "MessageTemplatesTests",
                [
                    "AmazonConnect", "JSON", "LambdaRuntime", "MessageTemplates", "Settings",
                    .product(name: "Mustache", package: "swift-mustache"),
                ]),
            tests(
                "ProjectTests",
                [
                    "Idempotency", "JSON", "LocalServices", "Settings", "switchboard",
                    .product(name: "Yams", package: "Yams"),
                ]),
            tests(
                "SalesforceTests",
                [
                    "AWS", "Calling", "Crypto", "Encoding", "HTTPClient", "JSON", "LambdaRuntime", "LocalServices",
                    "Salesforce", "Settings", logging,
                ]),
            tests(
                "SendEmailTests",
                [
                    "AmazonConnect", "AWS", "Calling", "HTTPClient", "Idempotency", "JSON", "LambdaRuntime",
                    "MessageTemplates", "SendEmail", "Settings",
                ]),
            tests(
                "SendSMSTests",
                [
                    "AmazonConnect", "AWS", "Calling", "Idempotency", "JSON", "LambdaRuntime", "MessageTemplates",
                    "SendSMS", "Settings", "Telephony",
                ]),
            tests("SettingsTests", ["Settings"]),
            tests(
                "SimulationTests",
                [
                    "AmazonConnect", "AWS", "AWSEvents", "Calling", "ConnectContactRecords", "Encoding", "HTTPClient",
                    "HTTPEvents", "JSON", "LambdaRuntime", "LocalServices", "Salesforce", "Settings", "switchboard",
                    "Twilio", "TwilioREST", "TwilioVoice", "VoiceAuth", "VoiceAuthCheck", "VoiceIt", httpTypes,
                ]),
            tests(
                "SwitchboardTests",
                [
                    "Console", "JSON", "LambdaRuntime", "LocalServices", "Settings", "switchboard", "Timeline",
                    .product(name: "ArgumentParser", package: "swift-argument-parser"), httpTypes,
                ], exclude: ["Flow/played", "Flow/refused", "Flow/taken"]),
            tests("TelephonyTests", ["Telephony"]),
            tests("TimelineTests", ["Encoding", "JSON", "Timeline"]),
            tests("TwilioTests", ["Crypto", "HTTPEvents", "JSON", "Settings", "Twilio"]),
            tests(
                "TwilioVoiceTests",
                [
                    "AWS", "Calling", "Crypto", "HTTPEvents", "JSON", "LambdaRuntime", "LocalServices", "Settings",
                    "Twilio", "TwilioREST", "TwilioVoice", "VoiceAuth", "VoiceIt",
                ]),
            tests(
                "VoiceAuthCheckTests",
                [
                    "AmazonConnect", "AWS", "Calling", "HTTPClient", "JSON", "LambdaRuntime", "LocalServices",
                    "Settings", "TwilioREST", "VoiceAuth", "VoiceAuthCheck", "VoiceIt",
                ]),
            tests("VoiceAuthTests", ["AWS", "Calling", "Crypto", "JSON", "Settings", "VoiceAuth"]),
            tests("VoiceItTests", ["AWS", "Calling", "HTTPClient", "JSON", "LocalServices", "Settings", "VoiceIt"]),
        ],
    swiftLanguageModes: [.v6]
)

// ./build.sh fuzz builds one test target for release, and not all of them.
if Context.environment["SWITCHBOARD_FUZZ"] != nil {
    package.targets.removeAll { $0.type == .test && $0.name != "FuzzTests" }
}
