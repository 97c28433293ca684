import Glibc

/// The folder that a bundle goes to, locked while this run lasts.
///
/// The lock is on the folder itself, so that it leaves nothing behind. File systems that can't lock a
/// folder (some NFS) go without.
final class OutputFolder {
  let path: String
  private let descriptor: Int32

  /// Opens and locks the folder.
  ///
  /// - Throws: ``OutputError``: it isn't there, or another run has it.
  init(_ path: String) throws(OutputError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .folder(path, errorNumber: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    throw .busy(folder: path, pid: holder)
  }

  deinit { close(descriptor) }

  /// Who holds the lock, by `/proc/locks`.
  private var holder: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let locks = try? Root("/").read("/proc/locks") else {
      return nil
    }
    return GuestLocks.holders(String(decoding: locks.bytes, as: UTF8.self))[
      GuestLocks.inode(status.st_dev, status.st_ino)]
  }

  /// A path in the folder.
  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Whether anything has that name in the folder.
  func has(_ name: String) -> Bool {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
  }

  /// Makes changes of names in the folder last.
  func sync() { fsync(descriptor) }

  /// Removes all but the newest bundles of a node.
  ///
  /// - Parameter written: Stays in any case, and counts: a clock that was wrong leaves younger names.
  /// - Returns: The names that were removed.
  func prune(keeping count: Int, of name: BundleName, sparing written: String) -> [String] {
    let names = (try? Root("/").names(in: absolute)) ?? []
    let others = names.filter { $0 != written }
    let bundles = others.compactMap { file in name.time(of: file).map { ($0, file) } }
    let old = bundles.sorted { $0 > $1 }.dropFirst(count - 1).map(\.1)
    return old.filter { unlinkat(descriptor, $0, 0) == 0 }
  }

  /// The path for ``Root``, which takes absolute ones.
  private var absolute: String { "/proc/self/fd/\(descriptor)" }
}
