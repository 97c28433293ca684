import CSpawn

/// Files below a folder out of which no link leads.
public enum RootedFile {
  /// Opens a path as if the folder were `/`.
  ///
  /// Source: openat2(2), `RESOLVE_IN_ROOT`; where the kernel has none, a link is `ELOOP`.
  ///
  /// - Returns: A descriptor, or an error number below zero.
  public static func open(_ path: String, below root: String, flags: Int32) -> Int32 {
    cspawn_open_in_root(root, path, flags)
  }
}
