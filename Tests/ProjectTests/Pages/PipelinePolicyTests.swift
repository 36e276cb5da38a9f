import Foundation
import JSON
import TestSupport
import Testing

/// `integrations/aws/pipeline-policy.json` against the rights that deploying template.yaml needs.
struct PipelinePolicyTests {
    /// Rights of handlers for properties that template.yaml does not use, by the service or the action.
    private static let unused: Set<String> = [
        // Lambda: VPCs, file systems, layers, code signing, versions, capacity providers, keys of one's own for variables.
        "ec2", "elasticfilesystem", "s3files", "kms", "lambda:associateruntimealias",
        "lambda:deletefunctioncodesigningconfig", "lambda:getcodesigningconfig", "lambda:getlayerversion",
        "lambda:passcapacityprovider", "lambda:publishversion", "lambda:putfunctioncodesigningconfig",
        "lambda:putfunctionrecursionconfig", "lambda:putfunctionscalingconfig", "lambda:putruntimemanagementconfig",
        // Amazon Connect: associations of other types than LAMBDA_FUNCTION.
        "app-integrations", "cases", "ds", "lex", "mobiletargeting", "ses", "voiceid", "wisdom", "connect:associatebot",
        "connect:disassociatebot", "connect:listbots",
        // DynamoDB: imports, replicas, streams, contributor insights, resource policies.
        "dynamodb:associatetablereplica", "dynamodb:batchwriteitem", "dynamodb:createtablereplica",
        "dynamodb:deleteitem", "dynamodb:deleteresourcepolicy", "dynamodb:describeimport",
        "dynamodb:disablekinesisstreamingdestination", "dynamodb:enablekinesisstreamingdestination",
        "dynamodb:getitem", "dynamodb:importtable", "dynamodb:putitem", "dynamodb:putresourcepolicy", "dynamodb:query",
        "dynamodb:scan", "dynamodb:updatecontributorinsights", "dynamodb:updateitem",
        "dynamodb:updatekinesisstreamingdestination", "logs:createlogstream", "logs:describelogstreams",
        "logs:putlogevents", "s3:getobjectmetadata",
        // Log groups: keys, data protection, indexes, policies and protection of their own, bearer tokens.
        "firehose", "s3:rest.put.object", "logs:associatekmskey", "logs:deletedataprotectionpolicy",
        "logs:deleteindexpolicy", "logs:deleteresourcepolicy", "logs:disassociatekmskey",
        "logs:putbearertokenauthentication", "logs:putdataprotectionpolicy", "logs:putindexpolicy",
        "logs:putloggroupdeletionprotection",
        // Roles: managed policies and boundaries; service-linked roles.
        "iam:attachrolepolicy", "iam:createservicelinkedrole", "iam:deleterolepermissionsboundary",
        "iam:detachrolepolicy", "iam:putrolepermissionsboundary",
        // Secrets: replicas.
        "secretsmanager:removeregionsfromreplication", "secretsmanager:replicatesecrettoregions",
        // Streams: enhanced monitoring, modes, large records; what DynamoDB and log groups would write to.
        "kinesis:disableenhancedmonitoring", "kinesis:enableenhancedmonitoring",
        "kinesis:putrecords", "kinesis:updatemaxrecordsize", "kinesis:updatestreammode",
        "kinesis:updatestreamrecorddistributionstrategy", "kinesis:updatestreamwarmthroughput",
        // Buckets: everything but a lifecycle and closed access.
        "s3tables", "s3:createbucketmetadatatableconfiguration", "s3:deletebucketanalyticsconfiguration",
        "s3:deletebucketcors", "s3:deletebucketencryption", "s3:deletebucketmetadatatableconfiguration",
        "s3:deletebucketmetricsconfiguration", "s3:deletebucketreplication", "s3:deletebucketwebsite",
        "s3:deleteobject", "s3:putaccelerateconfiguration", "s3:putanalyticsconfiguration", "s3:putbucketabac",
        "s3:putbucketacl", "s3:putbucketcors", "s3:putbucketlogging", "s3:putbucketnotification",
        "s3:putbucketobjectlockconfiguration", "s3:putbucketownershipcontrols", "s3:putbucketreplication",
        "s3:putbucketwebsite", "s3:putintelligenttieringconfiguration", "s3:putinventoryconfiguration",
        "s3:putmetricsconfiguration", "s3:putobjectacl", "s3:putobjectlockconfiguration",
        "s3:putreplicationconfiguration", "s3:updatebucketmetadataannotationtableconfiguration",
        "s3:updatebucketmetadatainventorytableconfiguration", "s3:updatebucketmetadatajournaltableconfiguration",
    ]

    /// Rights of `sam deploy` itself, and of API Gateway for turning access logs on ("Configure logging for HTTP
    /// APIs").
    private static let deployment: Set<String> = [
        "cloudformation:createchangeset", "cloudformation:deletechangeset", "cloudformation:deletestack",
        "cloudformation:describechangeset", "cloudformation:describestackevents", "cloudformation:describestacks",
        "cloudformation:executechangeset", "cloudformation:gettemplate", "cloudformation:gettemplatesummary",
        "cloudformation:liststackresources", "s3:createbucket", "s3:getbucketlocation", "s3:getbucketpolicy",
        "s3:listbucket", "s3:putbucketpolicy", "s3:putbucketpublicaccessblock", "s3:putbuckettagging",
        "s3:putbucketversioning", "s3:putencryptionconfiguration", "s3:putobject", "logs:createlogdelivery",
        "logs:deletelogdelivery", "logs:describeresourcepolicies", "logs:getlogdelivery", "logs:listlogdeliveries",
        "logs:putresourcepolicy", "logs:updatelogdelivery",
    ]

    /// AWS has no resources for these, or none that could be named before they are created.
    private static let withoutResource: Set<String> = ["AccessLogs", "Mappings", "Password", "Summary"]

    private let text: String
    private let statements: [JSONValue]

    init() throws {
        let file = TestProcess.root.appending(path: "integrations/aws/pipeline-policy.json")
        text = try String(contentsOf: file, encoding: .utf8)
        statements = try JSONValue(parsing: Array(text.utf8))["Statement"]?.array ?? []
    }

    @Test
    func `it allows what the handlers of template.yaml's resource types ask for, and nothing that nobody asks for`()
        throws
    {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let types = Set(stack.resources.values.compactMap { $0["Type"]?.string })
        let answer = try #require(
            PythonOracle.answers(
                of: "handler_permissions.py", to: [.array(types.sorted().map(JSONValue.string))]
            ).first)
        let handlers = try JSONValue(parsing: Array(answer.utf8)).object ?? [:]
        #expect(Set(handlers.keys) == types)
        let asked = Set(handlers.values.flatMap { $0.array ?? [] }.compactMap { $0.string?.lowercased() })
        let needed = asked.filter { action in
            !Self.unused.contains(action) && !Self.unused.contains(String(action.prefix { $0 != ":" }))
        }
        let allowed = Set(statements.flatMap { Self.texts($0["Action"]) }.map { $0.lowercased() })
        #expect(needed.subtracting(allowed).isEmpty, "A deployment may ask for these.")
        #expect(allowed.subtracting(needed).subtracting(Self.deployment).isEmpty, "Nobody asks for these.")
        #expect(Self.deployment.subtracting(allowed).isEmpty, "sam deploy asks for these.")
    }

    @Test func `statements name resources, roles are passed to Lambda alone, and the whole fits into a role`() {
        for statement in statements {
            #expect(statement["Effect"]?.string == "Allow")
            #expect(!Self.texts(statement["Action"]).contains { $0.contains("*") })
            let name = statement["Sid"]?.string ?? ""
            #expect(Self.texts(statement["Resource"]).contains("*") == Self.withoutResource.contains(name), "\(name)")
        }
        let passing = statements.filter { Self.texts($0["Action"]).contains("iam:PassRole") }
        #expect(
            passing.map { $0["Condition"]?["StringEquals"]?["iam:PassedToService"]?.string } == ["lambda.amazonaws.com"]
        )
        // The quota of a role's inline policies, without white space.
        #expect(text.filter { !$0.isWhitespace }.count <= 10_240)
    }

    @Test func `it names the log groups and secrets that template.yaml makes`() throws {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let resources = statements.flatMap { Self.texts($0["Resource"]) }
        let groups = resources.filter { $0.contains(":log-group:") }
        for group in stack.properties(of: "AWS::Logs::LogGroup").values.compactMap({ $0["LogGroupName"]?.string }) {
            let arn = "arn:aws:logs:eu-central-1:123456789012:log-group:\(group)"
            let matching = groups.filter { $0.hasSuffix("*") && arn.hasPrefix($0.dropLast()) }
            #expect(!matching.isEmpty, "\(group)")
        }
        // CloudFormation names a secret by its logical id.
        let secrets = stack.properties(of: "AWS::SecretsManager::Secret").keys.map {
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:\($0)-*"
        }
        #expect(Set(secrets) == Set(resources.filter { $0.contains(":secret:") }))
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
    }
}
