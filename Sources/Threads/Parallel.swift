import Glibc

/// Two pieces of work at a time.
///
/// A plain thread, since the stages that use it are synchronous functions.
public enum Parallel {
  /// Whether there is a second processor to work on.
  public static let hasTwoProcessors = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

  /// Does both, the second on a thread of its own, and returns when both are done.
  ///
  /// - Parameter isWorthwhile: False for work that is done sooner than a thread starts; then, and on one
  ///   processor, one piece follows the other, with the same results.
  public static func both<First, Second: Sendable>(
    ifWorthwhile isWorthwhile: Bool, _ first: () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    guard isWorthwhile, hasTwoProcessors else { return (first(), second()) }
    return withoutActuallyEscaping(second) { second in
      let result = Box<Second>()
      let job = Job { result.value = second() }
      guard let thread = job.start() else { return (first(), second()) }
      let one = first()
      pthread_join(thread, nil)
      // A thread that was joined has done its work.
      return (one, result.value ?? second())
    }
  }

  private final class Box<Value> {
    var value: Value?
  }

  private final class Job {
    private let work: () -> Void

    init(_ work: @escaping () -> Void) { self.work = work }

    /// Starts the work; nil when there is no thread to be had.
    func start() -> pthread_t? {
      var thread = pthread_t()
      // The thread holds a reference of its own until it is done.
      let context = Unmanaged.passRetained(self).toOpaque()
      let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        WorkingMemory.prepareThread()
        if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().work() }
        return nil
      }
      if pthread_create(&thread, nil, body, context) == 0 { return thread }
      Unmanaged<Job>.fromOpaque(context).release()
      return nil
    }
  }
}
