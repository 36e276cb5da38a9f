import LambdaRuntime

@main
struct CRMWrapperAPI {
    static func main() {}
}
