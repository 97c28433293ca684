import CSpawn
import Glibc

/// A file without a name that lives in memory: what a program reads and nobody else finds.
public final class MemoryFile: Sendable {
  /// Open for as long as the value lives; for ``Command/inputs``.
  public let descriptor: Int32

  /// - Throws: ``SpawnError/notStarted(path:errorNumber:)`` when there is no memory for it.
  public init(holding bytes: [UInt8]) throws(SpawnError) {
    let result = bytes.withUnsafeBytes { cspawn_memory_file($0.baseAddress, $0.count) }
    guard result >= 0 else { throw .notStarted(path: "a file in memory", errorNumber: -result) }
    descriptor = result
  }

  deinit { close(descriptor) }
}
