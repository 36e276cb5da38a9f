import LocalServices

/// The functions that a flow invokes, each started when it is first needed.
actor FlowFunctions {
    private let configurations: [String: LocalFunction.Configuration]
    private var pools: [String: FunctionPool] = [:]

    /// - Parameter configurations: By the functions' names.
    init(_ configurations: [String: LocalFunction.Configuration]) {
        self.configurations = configurations
    }

    /// Returns the processes of a function, given by name or ARN.
    func pool(_ name: String) throws -> FunctionPool {
        guard let function = ExternalReferences.function(name, configurations.keys) ?? configurations[name]?.name,
            let configuration = configurations[function]
        else {
            throw Refusal("The flow invokes \(name), which is not a function of this project or is not built.")
        }
        if let pool = pools[function] { return pool }
        let pool = FunctionPool(configuration)
        pools[function] = pool
        return pool
    }

    /// Ends every process.
    func stop() async {
        for pool in pools.values { await pool.stop() }
        pools = [:]
    }
}
