import LambdaRuntime

@main
struct SendEmail {
    static func main() {}
}
