import Glibc

/// The folders in which programs are looked for.
///
/// As root, only absolute folders that root owns and nobody else can write count: whoever can write
/// into one of them could be run as root. Other users' folders need only be absolute.
public struct SearchPath: Hashable, Sendable {
  /// In the order of the search.
  public let folders: [String]

  /// Takes `PATH` as it stands; `/usr/sbin` and `/sbin`, where LVM lives, are added behind.
  public init(_ path: String?, isRoot: Bool = geteuid() == 0) {
    var folders: [String] = []
    let named = (path ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
    for folder in named + ["/usr/sbin", "/sbin"] {
      guard folder.hasPrefix("/"), !folders.contains(folder) else { continue }
      if isRoot && !Self.isRootsAlone(folder) { continue }
      folders.append(folder)
    }
    self.folders = folders
  }

  /// The `PATH` that programs are started with.
  public var text: String { folders.joined(separator: ":") }

  /// Returns a program's path.
  ///
  /// - Throws: `ENOENT` when no folder has it, `EACCES` when a folder has it but it may not be run.
  public func resolve(_ name: String) throws(SpawnError) -> String {
    var errorNumber = ENOENT
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 { return path }
      errorNumber = EACCES
    }
    throw .notStarted(path: name, errorNumber: errorNumber)
  }

  private static func isRootsAlone(_ folder: String) -> Bool {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
    return status.st_uid == 0 && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }
}
