import Glibc
import Spawn

/// Where answers wait until all secrets are known: an unlinked file that only this process has.
///
/// It is gone with the process, however that ends.
final class Spool {
  /// Where some bytes stand in the spool.
  struct Part: Hashable {
    let offset: Int
    let count: Int
  }

  /// `O_TMPFILE`, a macro that Swift doesn't see. Source: `include/uapi/asm-generic/fcntl.h`.
  private static let unnamedFile = 0o20_000_000 | O_DIRECTORY

  private let descriptor: Int32
  private(set) var sizeBytes = 0

  /// Makes a spool in the first of the folders that takes one.
  ///
  /// - Throws: ``OutputError`` of the last folder.
  init(in folders: [String]) throws(OutputError) {
    var failure = OutputError.folder(".", errorNumber: ENOENT)
    for folder in folders {
      let unnamed = open(folder, Self.unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
      if unnamed >= 0 {
        descriptor = unnamed
        return
      }
      // File systems without O_TMPFILE: a name that is taken away at once.
      var template = Array("\(folder)/.dmcollect-spool-XXXXXX".utf8CString)
      let named = mkstemp(&template)
      if named >= 0 {
        unlink(template)
        _ = fcntl(named, F_SETFD, FD_CLOEXEC)
        descriptor = named
        return
      }
      failure = .folder(folder, errorNumber: errno)
    }
    throw failure
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``OutputError`` when the disk is full.
  func append(_ bytes: [UInt8]) throws(OutputError) -> Part {
    let part = Part(offset: sizeBytes, count: bytes.count)
    let failure: OutputError? = bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = pwrite(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written,
          off_t(part.offset + written))
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return .write(nil, errorNumber: count < 0 ? errno : ENOSPC) }
        written += count
      }
      return nil
    }
    if let failure { throw failure }
    sizeBytes += bytes.count
    return part
  }

  /// Reads bytes back.
  ///
  /// - Throws: ``OutputError`` when the disk fails.
  func read(_ part: Part) throws(OutputError) -> [UInt8] {
    var errorNumber: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: part.count) { buffer, filled in
      while filled < part.count {
        let count = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), part.count - filled,
          off_t(part.offset + filled))
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          errorNumber = count < 0 ? errno : EIO
          return
        }
        filled += count
      }
    }
    if errorNumber != 0 { throw .write(nil, errorNumber: errorNumber) }
    return bytes
  }
}
