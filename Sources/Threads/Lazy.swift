/// A value that is made when it is first asked for: once, whichever thread asks.
///
/// It is made of what is known when the value is declared, so it is the same whenever it is made.
public final class Lazy<Value: Sendable>: @unchecked Sendable {
  private enum State {
    case pending(@Sendable () -> Value)
    case made(Value)
  }

  private let monitor = Monitor()
  /// Under the monitor.
  private var state: State

  /// - Parameter make: Makes the value; it must not ask for it.
  public init(_ make: @escaping @Sendable () -> Value) { state = .pending(make) }

  public var value: Value {
    monitor.withLock {
      switch state {
      case .made(let value): return value
      case .pending(let make):
        let value = make()
        state = .made(value)
        return value
      }
    }
  }
}
