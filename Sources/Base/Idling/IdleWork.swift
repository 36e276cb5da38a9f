/// Work that a loop's thread does while none of the loop's tasks can run, in place of sleeping.
package protocol IdleWork: AnyObject, Sendable {
    /// Moves on what is under way, without waiting. Called on the loop's thread alone.
    func advance()

    /// Sleeps until there is something to move on, or until `wakeUp` is called. Called on the loop's thread alone.
    func wait()

    /// Ends `wait`, or the next one. Called on any thread.
    func wakeUp()
}
