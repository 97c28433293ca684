import Glibc

/// Says on standard error what takes longer than a second: a line that counts on a terminal, one
/// sentence elsewhere, nothing for what is quick.
final class Progress {
  private let words: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// Under the mutex.
  private var isDone = false
  private var seconds = 0

  /// - Parameter words: What is done, `reading pve1.tar.zst`; made safe for a terminal by the caller.
  private init(_ words: String) {
    self.words = words
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Does the work, and tells of it when it takes long.
  static func watching<Result>(_ words: String, _ work: () throws -> Result) rethrows -> Result {
    let progress = Progress(words)
    progress.start()
    defer { progress.end() }
    return try work()
  }

  private func start() {
    var thread = pthread_t()
    // The thread holds a reference of its own until it ends; nobody waits for it.
    let context = Unmanaged.passRetained(self).toOpaque()
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      if let context { Unmanaged<Progress>.fromOpaque(context).takeRetainedValue().tell() }
      return nil
    }
    if pthread_create(&thread, nil, body, context) == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Progress>.fromOpaque(context).release()
    }
  }

  private func tell() {
    while true {
      sleep(1)
      pthread_mutex_lock(mutex)
      defer { pthread_mutex_unlock(mutex) }
      if isDone { return }
      seconds += 1
      guard isTerminal else { return Console.warn("dmanalyze: \(words) takes a while") }
      say("\r\u{1B}[Kdmanalyze: \(words), \(seconds) s")
    }
  }

  private func end() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    isDone = true
    if isTerminal && seconds > 0 { say("\r\u{1B}[K") }
  }

  private func say(_ text: String) { _ = Console.write(Array(text.utf8), to: STDERR_FILENO) }
}
