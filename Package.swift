// swift-tools-version: 6.2
import PackageDescription

/// The functions: one row for each folder under Sources/Functions. build.sh reads these rows too, so keep one a line.
let functions: [Function] = [
    Function(
        "AlexaCRM",
        ["Alexa", "AlexaEndpoint", "AlexaVerification", "AWS", "HTTPClient", "Idempotency", "MessageTemplates"]),
    Function("AlexaJokebox", ["Alexa", "AlexaEndpoint", "AlexaVerification", "AWS", "HTTPClient"]),
    Function("CRMWrapperAPI", ["AWS", "HTTPClient", "HTTPEvents", "Salesforce"]),
    Function(
        "ConnectRecording",
        [
            "AWS", "AmazonConnect", "CallRecords", "Customers", "HTTPClient", "HTTPEvents", "AWSEvents", "Salesforce",
            "Telephony",
        ]),
    Function("Echo"),
    Function(
        "SendEmail", ["AWS", "AmazonConnect", "HTTPClient", "Idempotency", "MessageTemplates"], hasTemplates: true),
    Function(
        "SendSMS", ["AWS", "AmazonConnect", "HTTPClient", "Idempotency", "MessageTemplates", "Telephony"],
        hasTemplates: true),
    Function("TwilioVoice", ["AWS", "HTTPClient", "HTTPEvents", "Twilio", "TwilioREST", "VoiceAuth", "VoiceIt"]),
    Function("VoiceAuthCheck", ["AWS", "AmazonConnect", "HTTPClient", "Twilio", "TwilioREST", "VoiceAuth", "VoiceIt"]),
]

struct Function {
    let name: String
    /// Targets of this package beside LambdaRuntime, which every function has.
    let dependencies: [String]
    /// Whether its folder holds `templates`, which build.sh puts into the zip, beside the bootstrap.
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

func library(
    _ name: String, in layer: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name,
        dependencies: dependencies
            + (["Services", "Domain", "Local", "Channels"].contains(layer)
                ? ["JSON", "Encoding", "Crypto", "Settings", "Calling"] : []),
        path: "Sources/\(layer)/\(name)", resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["JSON", "Encoding", "Crypto", "Settings", "Calling", "TestSupport"],
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
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
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

        library("JSON", in: "Base", ["CRapidJSON", "Encoding", "Settings"]),
        library("Encoding", in: "Base", []),
        library("Crypto", in: "Base", ["COpenSSL"]),
        library("Settings", in: "Base", []),

        library("LambdaRuntime", in: "Runtime", ["JSON", "Settings", logging]),
        library("Calling", in: "Net", ["Settings"]),
        library("HTTPClient", in: "Net", ["Calling", "CCurl", "Encoding", "Settings", httpTypes]),

        library("AmazonConnect", in: "Channels", ["JSON", "Settings"]),
        library("HTTPEvents", in: "Channels", ["Encoding", "JSON"]),
        library("AWSEvents", in: "Channels", ["Encoding", "JSON"]),
        library("Telephony", in: "Channels", ["Settings"]),
        library("Twilio", in: "Channels", ["Crypto", "Encoding", "HTTPEvents", "JSON", "Settings"]),
        library("Alexa", in: "Channels", ["JSON", "Settings", logging]),
        library(
            "AlexaVerification", in: "Domain",
            ["COpenSSL", "HTTPClient", "HTTPEvents", "LambdaRuntime", httpTypes, logging]),
        library(
            "AlexaEndpoint", in: "Domain",
            ["Alexa", "AlexaVerification", "AWS", "HTTPEvents", "LambdaRuntime", logging]),
        library(
            "Salesforce", in: "Services", ["AWS", "COpenSSL", "HTTPClient", "LambdaRuntime", httpTypes, logging]),
        library("AWS", in: "Services", ["HTTPClient", "LambdaRuntime", "COpenSSL", "CExpat", httpTypes]),
        library("CallRecords", in: "Domain", ["AWS", "AWSEvents", "Salesforce", "Telephony"]),
        library("Customers", in: "Domain", ["Salesforce", "Telephony"]),
        library("Idempotency", in: "Domain", ["AWS", logging]),
        library("MessageTemplates", in: "Domain", ["AmazonConnect"]),
        library("VoiceAuth", in: "Domain", ["AWS", "LambdaRuntime", "Telephony", "VoiceIt", logging]),
        library("TwilioREST", in: "Services", ["AWS", "HTTPClient", "LambdaRuntime", "Twilio", httpTypes]),
        library("VoiceIt", in: "Services", ["AWS", "HTTPClient", "LambdaRuntime", httpTypes]),
    ]
        + functions.map {
            .executableTarget(
                name: $0.name,
                dependencies: $0.dependencies.map { $0 == "HTTPTypes" ? httpTypes : .target(name: $0) } + [
                    "LambdaRuntime", "JSON", "Encoding", "Crypto", "Settings", "Calling", logging,
                ],
                path: "Sources/Functions/\($0.name)",
                exclude: $0.hasTemplates ? ["templates"] : [],
                swiftSettings: settings)
        } + [
            library(
                "LocalServices", in: "Local",
                [
                    "AWS", "LambdaRuntime", "VoiceIt", httpTypes,
                    .product(name: "FlyingSocks", package: "FlyingFox"),
                    .product(name: "Subprocess", package: "swift-subprocess"),
                    .product(name: "SystemPackage", package: "swift-system"),
                ],
                // Programs in Python that Swift starts lie beside it, and are part of what is built.
                resources: [.embedInCode("AWS/Ministack/ministack_server.py"), .embedInCode("AWS/Moto/moto_server.py")]),
            .executableTarget(
                name: "switchboard",
                dependencies: [
                    "AWS", "CCurl", "HTTPClient", "LambdaRuntime", "LocalServices", "JSON", "Encoding", "Crypto",
                    "Settings", "Calling",
                    "Salesforce", "Twilio", "TwilioREST", "VoiceAuth", "VoiceIt", httpTypes,
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                    .product(name: "Yams", package: "Yams"),
                    .product(name: "Subprocess", package: "swift-subprocess"),
                    .product(name: "SystemPackage", package: "swift-system"),
                ],
                path: "Sources/Local/switchboard", exclude: ["New/Templates"],
                resources: [
                    .embedInCode("Doctor/Machine/check_packages.py"), .embedInCode("Doctor/Machine/check_zip.py"),
                ],
                swiftSettings: settings),

            .target(
                name: "TestSupport",
                dependencies: [
                    "LocalServices", "LambdaRuntime", "COpenSSL", "JSON", "Encoding", "Crypto", "Settings", "Calling",
                ],
                path: "Tests/TestSupport", exclude: ["Python"],
                swiftSettings: settings),
            tests("JSONTests", []),
            tests("EncodingTests", []),
            tests("CryptoTests", []),
            tests("SettingsTests", []),
            tests("CallingTests", []),
            tests("LambdaRuntimeTests", ["LambdaRuntime", logging]),
            tests("HTTPClientTests", ["HTTPClient", "LambdaRuntime", httpTypes]),
            tests("AmazonConnectTests", ["AmazonConnect"]),
            tests(
                "AWSTests", ["AWS", "HTTPClient", "LambdaRuntime", "LocalServices", httpTypes], exclude: ["Vectors"]),
            tests("IdempotencyTests", ["AWS", "HTTPClient", "Idempotency", "LambdaRuntime"]),
            tests(
                "MessageTemplatesTests", ["MessageTemplates", .product(name: "Mustache", package: "swift-mustache")]),
            tests("SendEmailTests", ["SendEmail", "AWS", "Idempotency", "MessageTemplates"]),
            tests("SendSMSTests", ["SendSMS", "AWS", "Idempotency", "MessageTemplates", "Telephony"]),
            tests("HTTPEventsTests", ["HTTPEvents", "LambdaRuntime"]),
            tests("AWSEventsTests", ["LambdaRuntime", "AWSEvents"]),
            tests("AlexaTests", ["Alexa", logging]),
            tests("AlexaVerificationTests", ["AlexaVerification", "HTTPClient", "HTTPEvents", "LambdaRuntime"]),
            tests("CallRecordsTests", ["AWS", "AWSEvents", "CallRecords"]),
            tests("CustomersTests", ["Customers", "Salesforce"]),
            tests("SalesforceTests", ["AWS", "HTTPClient", "LocalServices", "Salesforce", httpTypes, logging]),
            tests(
                "CRMWrapperAPITests", ["AWS", "CRMWrapperAPI", "HTTPEvents", "LocalServices", "Salesforce", logging]),
            tests(
                "ConnectRecordingTests",
                [
                    "AWS", "AmazonConnect", "AWSEvents", "CallRecords", "ConnectRecording", "Customers", "HTTPEvents",
                    "LambdaRuntime", "LocalServices", "Salesforce", httpTypes, logging,
                ]),
            tests(
                "AlexaCRMTests",
                [
                    "Alexa", "AlexaCRM", "AlexaEndpoint", "AlexaVerification", "AWS", "HTTPClient", "HTTPEvents",
                    "Idempotency", "MessageTemplates",
                ]),
            tests(
                "AlexaJokeboxTests",
                [
                    "Alexa", "AlexaEndpoint", "AlexaJokebox", "AlexaVerification", "AWS", "HTTPClient", "LocalServices",
                    logging,
                ]),
            tests(
                "LocalServicesTests",
                ["AWS", "HTTPClient", "LambdaRuntime", "LocalServices", "Salesforce", "VoiceIt", httpTypes, logging]),
            tests(
                "ProjectTests",
                ["switchboard", "LambdaRuntime", "LocalServices", .product(name: "Yams", package: "Yams")]),
            tests(
                "SwitchboardTests",
                [
                    "switchboard", "LambdaRuntime", "LocalServices", "VoiceIt", httpTypes,
                    .product(name: "Yams", package: "Yams"),
                ],
                exclude: ["Flow/refused", "Flow/taken"]),
            tests("TelephonyTests", ["Telephony"]),
            tests("TwilioTests", ["HTTPEvents", "LambdaRuntime", "LocalServices", "Twilio"]),
            tests("VoiceItTests", ["AWS", "HTTPClient", "LambdaRuntime", "LocalServices", "VoiceIt"]),
            tests(
                "TwilioVoiceTests",
                [
                    "AWS", "HTTPEvents", "LocalServices", "Twilio", "TwilioREST", "TwilioVoice", "VoiceAuth", "VoiceIt",
                    logging,
                ]),
            tests("VoiceAuthTests", ["AWS", "LambdaRuntime", "LocalServices", "VoiceAuth"]),
            tests(
                "VoiceAuthCheckTests",
                [
                    "AWS", "AmazonConnect", "HTTPClient", "LambdaRuntime", "LocalServices", "TwilioREST", "VoiceAuth",
                    "VoiceAuthCheck", "VoiceIt",
                ]),
            tests(
                "SimulationTests",
                [
                    "AWS", "AmazonConnect", "HTTPClient", "HTTPEvents", "LambdaRuntime", "LocalServices", "Twilio",
                    "TwilioREST", "TwilioVoice", "VoiceAuth", "VoiceAuthCheck", "VoiceIt", "switchboard",
                ]),
            // The pages, their links, and the Swift that they show.
            tests(
                "DocumentationTests",
                [
                    "AWS", "AWSEvents", "Alexa", "AlexaEndpoint", "AlexaVerification", "AmazonConnect", "HTTPClient",
                    "HTTPEvents",
                    "Idempotency", "LambdaRuntime", "MessageTemplates", "Salesforce", httpTypes, logging,
                ]),
            tests("IntegrationTests", ["AWS", "HTTPClient", "LocalServices", "LambdaRuntime", "Twilio", httpTypes]),
        ],
    swiftLanguageModes: [.v6]
)
