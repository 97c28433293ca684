import Glibc
import Spawn

/// A bundle's file while it is written: under another name until it is whole and on the disk.
final class BundleFile {
  let descriptor: Int32
  private let folder: OutputFolder
  private let name: String
  private let temporaryName: String
  /// What a killed run left behind may have the same process number; so many times in a row it hasn't.
  private static let attempts = 16
  private var isCommitted = false

  /// Makes the temporary file, which a signal removes from now on.
  ///
  /// - Throws: ``OutputError``: the target is no file, or the folder can't be written.
  init(in folder: OutputFolder, name: String) throws(OutputError) {
    self.folder = folder
    self.name = name
    var status = stat()
    if lstat(folder.file(name), &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .notAFile(folder.file(name))
    }
    var opened: (descriptor: Int32, name: String) = (-1, "")
    for attempt in 0..<Self.attempts {
      opened.name = ".\(name.prefix(200)).\(getpid())\(attempt == 0 ? "" : "-\(attempt)").tmp"
      let path = folder.file(opened.name)
      Termination.guardFile(path)
      opened.descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if opened.descriptor >= 0 || errno != EEXIST { break }
    }
    (descriptor, temporaryName) = opened
    if descriptor < 0 {
      let errorNumber = errno
      Termination.guardFile(nil)
      throw .folder(folder.path, errorNumber: errorNumber)
    }
  }

  deinit {
    close(descriptor)
    if !isCommitted { discard() }
  }

  /// Syncs the file and gives it its name.
  ///
  /// - Parameter whenNamed: Done at once when it has its name, before a signal can come.
  /// - Throws: ``OutputError`` when the disk doesn't take it; then no file is left.
  func commit(_ whenNamed: () -> Void) throws(OutputError) {
    if fsync(descriptor) != 0 { throw .write(folder.file(name), errorNumber: errno) }
    let failure: OutputError? = Termination.holdingSignals {
      if rename(folder.file(temporaryName), folder.file(name)) != 0 {
        return .write(folder.file(name), errorNumber: errno)
      }
      Termination.guardFile(nil)
      isCommitted = true
      whenNamed()
      return nil
    }
    if let failure { throw failure }
    folder.sync()
  }

  private func discard() {
    unlink(folder.file(temporaryName))
    Termination.guardFile(nil)
  }
}
