import Glibc

/// The folders in which programs are looked for.
///
/// As root, only absolute folders count into which, and on the way to which, nobody else can put anything:
/// whoever can could be run as root. They are taken by where they really are, so that a link on the way
/// changes nothing any more. Other users' folders need only be absolute.
public struct SearchPath: Hashable, Sendable {
  /// In the order of the search.
  public let folders: [String]

  /// Takes `PATH` as it stands; `/usr/sbin` and `/sbin`, where LVM lives, are added behind.
  public init(_ path: String?, isRoot: Bool = geteuid() == 0) {
    var folders: [String] = []
    let named = (path ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
    for name in named + ["/usr/sbin", "/sbin"] where name.hasPrefix("/") {
      guard let folder = isRoot ? Self.realFolderOfRoot(name) : name, !folders.contains(folder)
      else {
        continue
      }
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

  /// Where a folder really is; nil where somebody but root could put something there or on the way.
  private static func realFolderOfRoot(_ name: String) -> String? {
    guard let resolved = realpath(name, nil) else { return nil }
    defer { free(resolved) }
    let folder = String(cString: resolved)
    guard isRootsAlone(folder, sparingSticky: false) else { return nil }
    var above = folder[...]
    while let slash = above.lastIndex(of: "/") {
      above = above[..<slash]
      guard isRootsAlone(above.isEmpty ? "/" : String(above), sparingSticky: true) else {
        return nil
      }
    }
    return folder
  }

  /// - Parameter sparingSticky: In a sticky folder, as /tmp, nobody can rename or remove what root owns.
  private static func isRootsAlone(_ folder: String, sparingSticky: Bool) -> Bool {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == 0 else {
      return false
    }
    return status.st_mode & (S_IWGRP | S_IWOTH) == 0
      || sparingSticky && status.st_mode & S_ISVTX != 0
  }
}
