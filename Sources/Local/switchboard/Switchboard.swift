import ArgumentParser

@main
struct Switchboard: AsyncParsableCommand {
}
