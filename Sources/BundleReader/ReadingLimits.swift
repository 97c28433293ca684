import BundleFormat

/// How much of a bundle is read before it is refused. A bundle is hostile input: it may claim anything.
public struct ReadingLimits: Hashable, Sendable {
  /// A cluster of 40,000 guests has 80,000 configurations in two readings; beside them are some 100.
  public var entryCount = 200_000
  /// The collector keeps 16 MiB of a question, LVM's report of 20,000 volumes; that of the benchmark's 100,000
  /// has 60.
  public var entryBytes = 256 << 20
  public var totalBytes = BundleBounds.totalBytes
  /// Decompressed to compressed bytes. Real bundles have 5 to 60, those of made-up nodes up to 150.
  public var ratio = 500
  /// Up to here the ratio doesn't matter: this much fits any machine, and a tool that repeats one line
  /// until the collector stops it (16 MiB) compresses to nothing.
  public var bytesBeforeRatio = 64 << 20
  /// Names, fillings and zeros at the end come on top of the entries: four blocks an entry are ample.
  var streamBytes: Int { totalBytes + 4 * TarHeader.blockBytes * entryCount }
  /// The longest real name is a guest's configuration, some 150 bytes; the file systems' limit for one
  /// component is 255.
  public var nameBytes = 512
  /// The deepest real one has 9: `NAME/second/files/etc/pve/nodes/NODE/lxc/ID.conf`. Other tools may nest more.
  public var pathDepth = 16
  public var lineBytes = BundleBounds.lineBytes

  public init() {}

  /// What bundles are read within.
  public static let limits = ReadingLimits()
}
