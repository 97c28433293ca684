import BundleFormat
import BundleWriter
import Glibc

/// Writes answers from the spool into an archive, each searched for secrets before.
struct BundleAssembly {
  let spool: Spool
  let secrets: SecretSet
  /// nil for standard redaction.
  let strict: StrictRedaction?

  /// Writes the whole bundle: the manifest, the answers, the results.
  ///
  /// - Throws: ``OutputError``; the archive then has no end.
  func write(
    _ answers: [Answer], under manifest: Manifest, to archive: ArchiveWriter,
    finishedAt: () -> Timestamp
  ) throws(OutputError) {
    try put(manifest.json, at: "manifest.json", into: archive)
    var results: [EntryResult] = []
    results.reserveCapacity(answers.count)
    for answer in answers { results.append(try write(answer, to: archive)) }
    let end = ManifestEnd(finishedAt: finishedAt(), results: results)
    try put(end.json, at: "manifest-end.json", into: archive)
    try closing { () throws(ArchiveError) in try archive.close() }
  }

  private func write(
    _ answer: Answer, to archive: ArchiveWriter
  ) throws(OutputError) -> EntryResult {
    let source = answer.question.source
    var planned = answer.planned
    if let strict {
      planned.path = strict.path(planned.path)
      planned.origin = planned.origin.map { strict.path($0) }
    }
    var result = EntryResult(
      planned: planned, status: answer.status, exitCode: answer.exitCode, signal: answer.signal,
      durationMilliseconds: answer.durationMilliseconds, reading: answer.reading,
      liveDigest: answer.liveDigest.map { .digest($0) })
    if let part = answer.content {
      var bytes = try spool.read(part)
      if let strict {
        bytes = strict.redact(bytes, of: source)
        // A pseudonym may be longer than the name.
        if let cut = Lines.cut(bytes) {
          bytes = cut
          result.status = .truncated
        }
      }
      try put(bytes, at: planned.path, of: source, into: archive)
      result.sizeBytes = bytes.count
      result.sha256 = .digest(SHA256.digest(of: bytes))
    }
    if let part = answer.errorOutput {
      var bytes = try spool.read(part)
      if let strict { bytes = strict.redact(errorOutput: bytes) }
      bytes = Lines.cut(bytes) ?? bytes
      let path = answer.question.errorPath(reading: answer.reading)
      try put(bytes, at: path, of: source, into: archive)
      result.standardError = EntryResult.StandardError(
        path: path, sizeBytes: bytes.count, sha256: .digest(SHA256.digest(of: bytes)))
    }
    return result
  }

  private func put(
    _ bytes: [UInt8], at path: String, of source: SourceID? = nil, into archive: ArchiveWriter
  ) throws(OutputError) {
    if let origin = secrets.origin(ofSecretIn: Array(path.utf8)) {
      throw .secretFound(path: nil, origin: origin, source: source)
    }
    if let origin = secrets.origin(ofSecretIn: bytes) {
      throw .secretFound(path: path, origin: origin, source: source)
    }
    try closing { () throws(ArchiveError) in try archive.write(path: path, content: bytes) }
  }

  private func closing(_ action: () throws(ArchiveError) -> Void) throws(OutputError) {
    do throws(ArchiveError) {
      try action()
    } catch {
      if case .output(let errorNumber, _) = error {
        if errorNumber == ETIMEDOUT { throw .stalled }
        throw .write("the bundle", errorNumber: errorNumber)
      }
      throw .archive(error.description)
    }
  }
}
