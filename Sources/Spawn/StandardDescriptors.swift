import Glibc

/// The descriptors 0, 1 and 2, which a program may be started without.
public enum StandardDescriptors {
  /// Puts `/dev/null` in place of each that is closed: the next file to be opened would become it, and
  /// get what is said to the operator.
  ///
  /// They are opened the wrong way round, so that using them stays the error that it is without. To be
  /// called first of all.
  public static func openMissing() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is the missing one.
      let opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      if opened != descriptor { exit(3) }
    }
  }

  /// Whether standard output can be written to at all.
  public static var hasOutput: Bool {
    let flags = fcntl(STDOUT_FILENO, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_RDONLY
  }
}
