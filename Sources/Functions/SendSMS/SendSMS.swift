import LambdaRuntime

@main
struct SendSMS {
    static func main() {}
}
