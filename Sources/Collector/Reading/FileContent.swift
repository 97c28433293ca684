/// A file's bytes, up to a limit.
struct FileContent: Hashable {
  var bytes: [UInt8]
  /// Whether the file holds more than the limit.
  var isTruncated: Bool
}
