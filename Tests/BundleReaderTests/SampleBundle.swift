import BundleFormat
import BundleReader
import BundleWriter
import CArchive
import Glibc

/// A small bundle of one command, two files, and their second readings.
struct SampleBundle {
  /// What `LC_CTYPE` the programs set, too; without it libarchive has no names beyond ASCII.
  static let locale: Void = { _ = setlocale(LC_CTYPE, "C.UTF-8") }()

  static let collectedAt = Timestamp(secondsSinceEpoch: 1_795_377_240)
  static let top = "dmcollect-pve1-20261122T195400Z"

  var files: [(path: String, content: [UInt8])]
  var manifest: Manifest
  var results: [EntryResult]

  init() {
    files = [
      ("commands/lvs.out", Array(String(repeating: "row of a report\n", count: 60).utf8)),
      ("commands/lvs.err", Array("  WARNING: something\n".utf8)),
      ("files/etc/pve/nodes/knöten/lxc/100.conf", Array("rootfs: a:b\n".utf8)),
      (
        "second/files/\(String(repeating: "long/", count: 10))\(String(repeating: "n", count: 120))",
        Array("late\n".utf8)
      ),
    ]
    let command = PlannedEntry(
      id: "lvs", kind: .command, argv: ["lvs"], origin: nil, path: files[0].path)
    let configuration = PlannedEntry(
      id: "guest-configs", kind: .files, argv: nil, origin: "/etc/pve/nodes", path: files[2].path)
    // What is read of one of many files.
    var first = configuration
    first.origin = nil
    var second = first
    second.path = files[3].path
    let error = EntryResult.StandardError(
      path: files[1].path, sizeBytes: files[1].content.count,
      sha256: .digest(SHA256.digest(of: files[1].content)))
    manifest = Manifest(
      tool: .init(name: "dmcollect", version: "1"),
      node: .init(name: "pve1", hostname: "pve1", machineID: nil, bootID: nil, cluster: nil),
      collectedAt: Self.collectedAt, redaction: .standard, entries: [command, configuration])
    results = [
      EntryResult(
        planned: command, status: .collected, exitCode: 0, sizeBytes: files[0].content.count,
        sha256: .digest(SHA256.digest(of: files[0].content)), standardError: error),
      EntryResult(
        planned: first, status: .collected, sizeBytes: files[2].content.count,
        sha256: .digest(SHA256.digest(of: files[2].content))),
      EntryResult(
        planned: second, status: .collected, sizeBytes: files[3].content.count,
        sha256: .digest(SHA256.digest(of: files[3].content)), reading: 2),
    ]
  }

  /// All entries in the order of an archive.
  var entries: [(path: String, content: [UInt8])] {
    let end = ManifestEnd(finishedAt: Self.collectedAt, results: results)
    return [("manifest.json", manifest.json)] + files + [("manifest-end.json", end.json)]
  }

  func archive(_ format: ArchiveWriter.Format) throws -> [UInt8] {
    try Self.archive(format, entries)
  }

  static func archive(
    _ format: ArchiveWriter.Format, _ entries: [(path: String, content: [UInt8])]
  ) throws -> [UInt8] {
    _ = locale
    let file = TemporaryFile()
    let writer = try ArchiveWriter(
      to: file.descriptor, format: format, top: top, modifiedAt: collectedAt)
    for entry in entries { try writer.write(path: entry.path, content: entry.content) }
    try writer.close()
    return file.content
  }

  /// The archive as tar bytes that a test may deface.
  var tar: TarBytes {
    var tar = TarBytes()
    for entry in entries where entry.path.utf8.count < 60 {
      tar.add(name: "\(Self.top)/\(entry.path)", content: entry.content)
    }
    return tar
  }
}

/// Reads a bundle from bytes.
func read(_ bytes: [UInt8], within limits: ReadingLimits = .limits) throws(BundleError)
  -> NodeBundle
{
  _ = SampleBundle.locale
  let file = TemporaryFile(bytes)
  return try NodeBundle(reading: .path(file.path), within: limits)
}

/// The error with which bytes are refused as a bundle; nil when they are read.
func refusal(of bytes: [UInt8], within limits: ReadingLimits = .limits) -> BundleError? {
  do throws(BundleError) {
    _ = try read(bytes, within: limits)
    return nil
  } catch {
    return error
  }
}
