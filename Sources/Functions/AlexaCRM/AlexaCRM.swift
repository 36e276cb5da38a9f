import LambdaRuntime

@main
struct AlexaCRM {
    static func main() {}
}
