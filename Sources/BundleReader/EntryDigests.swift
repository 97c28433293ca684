import BundleFormat

/// The hashes of a bundle's entries, by position.
struct EntryDigests {
  /// nil for the manifests: their hashes are taken when a result names them, which honest ones don't.
  private let digests: [Digest?]

  init(_ digests: [Digest?]) { self.digests = digests }

  /// Returns the hash of the entry at a position, which has that content.
  func digest(of content: [UInt8], at position: Int) -> Digest {
    digests[position] ?? SHA256.digest(of: content)
  }
}
