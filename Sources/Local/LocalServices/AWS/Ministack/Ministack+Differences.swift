extension Ministack {
    /// The differences between a stack here and one on AWS, a sentence each.
    package static let differences = [
        "What is taken here may be refused by AWS: .venv/bin/cfn-lint template.yaml knows what its resources must be.",
        "Amazon Connect is not here, but for lists and metrics of an invented day: its associations and flows are taken, and "
            + "nothing stands behind them.",
        "Alexa is not here: a web-hosted skill answers 400, because no request is signed.",
        "Rights for X-Ray are not asked for; nothing is traced.",
        "Queues are polled at once, without the batching window.",
        "The HTTP API neither throttles nor writes access logs.",
        "Concurrency, encryption and point-in-time recovery are kept as settings; KMS plays no part.",
        "URLs are http, under localhost; there are no custom domains.",
    ]
}
