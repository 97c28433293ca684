import BundleFormat
import BundleWriter

/// A bundle as a file: manifest first, results last.
struct BundleFile {
  private let bundle: NodeBundle

  init(_ bundle: NodeBundle) { self.bundle = bundle }

  /// Writes the archive to an open file.
  ///
  /// - Throws: `ArchiveError` when the file can't be written.
  func write(to descriptor: CInt) throws(ArchiveError) {
    let collectedAt = bundle.manifest.collectedAt
    let writer = try ArchiveWriter(
      to: descriptor, format: .zst,
      top: "dmcollect-\(bundle.manifest.node.name)-\(collectedAt.compact)",
      modifiedAt: collectedAt)
    try writer.write(path: "manifest.json", content: bundle.manifest.json)
    for entry in bundle.entries {
      if let content = entry.content {
        try writer.write(path: entry.result.planned.path, content: content)
      }
      if let standardError = entry.result.standardError {
        try writer.write(path: standardError.path, content: entry.standardError)
      }
    }
    let end = ManifestEnd(
      finishedAt: bundle.finishedAt ?? collectedAt, results: bundle.entries.map(\.result))
    try writer.write(path: "manifest-end.json", content: end.json)
    try writer.close()
  }
}
