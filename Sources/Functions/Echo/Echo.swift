import LambdaRuntime

@main
struct Echo {
    static func main() {}
}
