import Synchronization

extension Parallel {
  /// How many values are made at a stretch: few enough that both threads end at about the same time.
  private static let stretch = 64

  /// Makes values by their indices on two threads, with another piece of work beside.
  ///
  /// The second thread does the other piece first, then takes its share: whoever is free takes the next
  /// indices. Each value is made by its index alone, so the result does not depend on who made it.
  ///
  /// - Parameters:
  ///   - state: What one thread keeps between the values that it makes, to save work and no more.
  ///   - isWorthwhile: As for ``both(ifWorthwhile:_:_:)``.
  public static func map<State, Value: Sendable, Other: Sendable>(
    count: Int, ifWorthwhile isWorthwhile: Bool, keeping state: @Sendable () -> State,
    _ value: @Sendable (inout State, Int) -> Value, beside other: @Sendable () -> Other
  ) -> ([Value], Other) {
    var beside: Other?
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // A slot is written once, by the thread that took its stretch of indices.
      let slots = Slots(buffer: buffer)
      let next = Atomic<Int>(0)
      @Sendable func takeShare() {
        var state = state()
        while true {
          let start = next.add(stretch, ordering: .relaxed).oldValue
          if start >= count { return }
          for index in start..<min(start + stretch, count) {
            slots.buffer.initializeElement(at: index, to: value(&state, index))
          }
        }
      }
      beside =
        both(ifWorthwhile: isWorthwhile) {
          takeShare()
        } _: {
          let result = other()
          takeShare()
          return result
        }.1
      // All stretches were taken, and both threads are done with theirs.
      initializedCount = count
    }
    return (values, beside ?? other())
  }

  private struct Slots<Value>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Value>
  }
}
